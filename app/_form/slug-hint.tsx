"use client";

import { useEffect, useRef } from "react";
import { slugFrom } from "@/lib/pledge/slug";

/** Shows, while the name is typed, the address the page would get if its field is left empty. */
export function SlugHint() {
  const anchor = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = anchor.current?.closest("form");
    if (!form) return;
    const suggest = () => {
      const fields = new FormData(form);
      const slug = form.querySelector<HTMLInputElement>("input[name=slug]");
      if (slug)
        slug.placeholder = slugFrom(String(fields.get("name") ?? ""), String(fields.get("website") ?? "")) || "acme";
    };
    form.addEventListener("input", suggest);
    return () => form.removeEventListener("input", suggest);
  }, []);
  return <span ref={anchor} hidden />;
}
