"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

const PAUSE_MS = 220;

/**
 * Searches as one types: the form it stands in is sent as an address of the same page after a short pause, without losing
 * the cursor. Without JavaScript the form's own button does the same.
 */
export function LiveFilter() {
  const router = useRouter();
  const anchor = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = anchor.current?.closest("form");
    if (!form) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = () => {
      const search = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && value !== "" && !(name === "sort" && value === "name"))
          search.set(name, value);
      }
      router.replace(search.size > 0 ? `/directory?${search}` : "/directory", { scroll: false });
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(go, PAUSE_MS);
    };
    const now = (event: Event) => {
      event.preventDefault();
      clearTimeout(timer);
      go();
    };
    form.addEventListener("input", soon);
    form.addEventListener("submit", now);
    return () => {
      clearTimeout(timer);
      form.removeEventListener("input", soon);
      form.removeEventListener("submit", now);
    };
  }, [router]);
  return <span ref={anchor} hidden />;
}
