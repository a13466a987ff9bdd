// Runs at every start, after migrations: takes in what the data files have gained, which is mostly nothing, and prints
// the way to become the first administrator while there is none.
import { makeAdministratorLink } from "../auth/administrator-store.ts";
import { clock } from "../clock.ts";
import { closeDb } from "../db.ts";
import { seedPublicFacts } from "./public-facts.ts";

const { companies, reports } = await seedPublicFacts(clock.now());
if (companies + reports > 0) console.log(`Took in ${companies} companies and ${reports} reports as public facts.`);
const link = await makeAdministratorLink(clock.now());
if (link) console.log(`To become this site's administrator, sign in and open ${link}`);
await closeDb();
