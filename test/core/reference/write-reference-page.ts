import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { referencePage } from "./reference-page";

const root = resolve(__dirname, "../../..");
const page = resolve(root, "docs/reference.md");
writeFileSync(page, referencePage(readFileSync(page, "utf8"), root));
