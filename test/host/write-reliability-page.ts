import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { reliabilityPage } from "./reliability-page";

writeFileSync(resolve(__dirname, "../../docs/reliability.md"), reliabilityPage());
