import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { differencesPage, readFacts } from "./probe/facts";

const DOCS = join(__dirname, "..", "docs");

// Writes the page of differences from the facts: `npm run facts`.
writeFileSync(
  join(DOCS, "emulator-differences.md"),
  differencesPage(readFacts(join(DOCS, "emulator-facts.json"))),
);
