import { writeFileSync } from "node:fs";
import { lifecycleStage } from "../../harness/lifecycle-stage";
import { RULES } from "./rules";
import { Year } from "./year";
import { PAGE, yearPage } from "./year-page";

async function main(): Promise<void> {
  const stage = await lifecycleStage({ checkAnswers: false });
  const page = yearPage(await new Year(stage, RULES).live());
  await stage.close();
  const behind = new Date(2028, 0, 1).getTimezoneOffset();
  if (process.argv.includes("--print")) process.stdout.write(`${behind} minutes behind UTC\n${page}`);
  else writeFileSync(PAGE, page);
}

void main();
