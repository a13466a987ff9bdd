// Runs at every start, after migrations: takes in what the data files have gained, which is mostly nothing.
import { clock } from "../clock.ts";
import { closeDb } from "../db.ts";
import { seedPublicFacts } from "./public-facts.ts";

const { companies, reports } = await seedPublicFacts(clock.now());
if (companies + reports > 0) console.log(`Took in ${companies} companies and ${reports} reports as public facts.`);
await closeDb();
