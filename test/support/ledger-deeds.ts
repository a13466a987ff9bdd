// Deeds on a ledger as a process of their own, for tests that kill it in the middle: node lib/ops/run.mjs
// test/support/ledger-deeds.ts import <company> <import> | publish <company> <year's end> <hash>. Says "begun" first.
import { writeImport } from "../../lib/ledger/imports/write-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { publishReport } from "../../lib/report/store.ts";

const [deed, companyId = "", what = "", hash = ""] = process.argv.slice(2);
const change = { companyId, actorId: null, now: new Date("2026-08-01T12:00:00Z"), afterwards: refreshEntry };
process.stdout.write("begun\n");
if (deed === "import") await writeImport(change, what);
else await publishReport(change, what, { hash });
process.stdout.write("done\n");
process.exit(0);
