"use client";

import type { DepthPreset } from "@/lib/allocation/types";
import { DEPTHS } from "./words";

/** How deep money flows. */
export function DepthKnob({ depth, onChange }: { depth: DepthPreset; onChange: (depth: DepthPreset) => void }) {
  return (
    <fieldset>
      <legend className="font-semibold">How deep it flows</legend>
      <div className="mt-1 grid grid-cols-3 gap-x-3 sm:gap-x-5">
        {DEPTHS.map((option) => (
          <label key={option.value} className="flex items-start gap-1.5 sm:gap-2">
            <input
              type="radio"
              name="depth"
              value={option.value}
              checked={depth === option.value}
              onChange={() => onChange(option.value)}
              className="mt-1.5 accent-river"
            />
            <span>
              {option.name}
              <span className="block max-w-36 text-quiet text-small">{option.about}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
