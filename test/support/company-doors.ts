// The table of a company's pages and routes: what leads there, and which question of the table of permissions lets in.
import type { Question } from "../../lib/auth/permissions.ts";
import { lockfile, type WalkedCompany } from "./walk-company.ts";

type Ids = WalkedCompany["ids"];

/** A page: everybody of the team may open it; whose role lacks what it is for reads why. */
export type CompanyPage = { at: (ids: Ids) => string; asks?: Question };

const page = (path: string): CompanyPage => ({ at: () => path });

/** Pages below `/account/[slug]`. */
export const COMPANY_PAGES: Record<string, CompanyPage> = {
  "": page(""),
  "/members": page("/members"),
  "/payments": page("/payments"),
  "/payments/[id]": { at: ({ payment }) => `/payments/${payment}` },
  "/payments/import": page("/payments/import"),
  "/payments/import/[id]": { at: ({ imported }) => `/payments/import/${imported}`, asks: "canRecordPayment" },
  "/payments/twins": { ...page("/payments/twins"), asks: "canRecordPayment" },
  "/plan": page("/plan"),
  "/plan/compare": page("/plan/compare?from=1&to=2"),
  "/plan/strategies": page("/plan/strategies"),
  "/plan/versions": page("/plan/versions"),
  "/plan/versions/[number]": { at: ({ plan }) => `/plan/versions/${plan}` },
  "/plan/versions/[number]/order": { at: ({ plan }) => `/plan/versions/${plan}/order` },
  "/plan/votes": page("/plan/votes"),
  "/report": page("/report"),
  "/report/[year]": page("/report/2025-12-31"),
  "/report/headcount": page("/report/headcount"),
  "/report/history": page("/report/history"),
  "/scans": page("/scans"),
  "/scans/[id]": { at: ({ scan }) => `/scans/${scan}` },
  "/scans/[id]/changes": { at: ({ scan }) => `/scans/${scan}/changes` },
  "/scans/automatic": page("/scans/automatic"),
  "/scans/github": page("/scans/github"),
  "/settings": page("/settings"),
  "/settings/history": page("/settings/history"),
  "/settings/leaving": page("/settings/leaving"),
  "/settings/pledge": page("/settings/pledge"),
  "/settings/proof": page("/settings/proof"),
  "/settings/reminders": page("/settings/reminders"),
};

/** A route of a company: who may use it, and the status they get. */
export type CompanyRoute = {
  at: (slug: string, ids: Ids) => string;
  asks: Question;
  ok: number;
  /** What is sent, if anything. */
  body?: () => { body: BodyInit; headers?: Record<string, string> };
  /** Its address or what it does names something of the company: another company's must not be reached. */
  names?: true;
};

const form = (name: string, fileName: string, content: string) => () => {
  const body = new FormData();
  body.append(name, new Blob([content]), fileName);
  return { body };
};

/** Routes of companies, by method and address. */
export const COMPANY_ROUTES: Record<string, CompanyRoute> = {
  "GET /account/[slug]/payments/[id]/evidence/[evidence]": {
    at: (slug, { payment, evidence }) => `/account/${slug}/payments/${payment}/evidence/${evidence}`,
    asks: "canViewCompany",
    ok: 200,
    names: true,
  },
  "GET /account/[slug]/plan/source": {
    at: (slug, { scan }) => `/account/${slug}/plan/source?scan=${scan}`,
    asks: "canViewCompany",
    ok: 200,
    names: true,
  },
  "GET /account/[slug]/plan/versions/[number]/files/[file]": {
    at: (slug, { plan }) => `/account/${slug}/plan/versions/${plan}/files/payments-2026.json`,
    asks: "canViewCompany",
    ok: 200,
    names: true,
  },
  "POST /uploads/[slug]/evidence/[id]": {
    at: (slug, { payment }) => `/uploads/${slug}/evidence/${payment}`,
    asks: "canRecordPayment",
    ok: 303,
    body: form("document", "receipt.pdf", "%PDF-1.7 a sample"),
    names: true,
  },
  "POST /uploads/[slug]/payments": {
    at: (slug) => `/uploads/${slug}/payments`,
    asks: "canRecordPayment",
    ok: 303,
    body: form("files", "payments.csv", "Date,Sponsorable,Amount in US Cents\n2025-01-01,sample-maintainer,500\n"),
  },
  "GET /api/v1/companies/[slug]/export": {
    at: (slug) => `/api/v1/companies/${slug}/export`,
    asks: "canExportCompany",
    ok: 200,
  },
  "GET /api/v1/companies/[slug]/history": {
    at: (slug) => `/api/v1/companies/${slug}/history?format=csv`,
    asks: "canViewHistory",
    ok: 200,
  },
  "GET /api/v1/companies/[slug]/scans/[id]/progress": {
    at: (slug, { scan }) => `/api/v1/companies/${slug}/scans/${scan}/progress`,
    asks: "canViewCompany",
    ok: 200,
    names: true,
  },
  "POST /api/v1/companies/[slug]/scans": {
    at: (slug) => `/api/v1/companies/${slug}/scans`,
    asks: "canKeepScan",
    ok: 201,
    body: () => ({ body: scanBody(), headers: { "content-type": "application/json" } }),
  },
};

/** A scan as a browser and a command line send it; each is a new one. */
export function scanBody(): string {
  return JSON.stringify({
    requestKey: crypto.randomUUID(),
    files: [{ path: "package-lock.json", text: lockfile("probe") }],
  });
}
