import type { Metadata } from "next";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>There is nothing here</h1>
      <p className="words mt-3 text-lead">
        The address is not known, or what was here is not open to you. Nothing of yours is lost.
      </p>
      <p className="mt-5 flex flex-wrap gap-x-6 gap-y-2">
        <a href="/directory">Find a company</a>
        <a href="/account">Your account</a>
        <a href="/">Start page</a>
      </p>
    </div>
  );
}
