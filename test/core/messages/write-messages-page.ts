import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { refreshed, sourceMessages } from "./messages-page";

const root = resolve(__dirname, "../../..");
const page = resolve(root, "docs/messages.md");
writeFileSync(page, refreshed(readFileSync(page, "utf8"), sourceMessages(root)));
