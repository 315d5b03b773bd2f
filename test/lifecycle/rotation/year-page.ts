import { resolve } from "node:path";
import { BREACHES } from "./rules";
import type { Year } from "./year";

export const PAGE = resolve(__dirname, "../../../docs/rotation-year.md");

/** The table of live keys by day, days with the same keys in one row. */
function rows({ table }: Year): string[] {
  const spans: { from: string; to: string; live: string }[] = [];
  for (const { day, live } of table) {
    const last = spans.at(-1);
    const told = live.join(", ") || "none";
    if (last?.live === told) last.to = day;
    else spans.push({ from: day, to: day, live: told });
  }
  return spans.map(({ from, to, live }) => `| ${from} | ${to} | ${live} |`);
}

/** The page about the simulated year. */
export const yearPage = (year: Year): string => `# A simulated year of rotation

Written by \`npx tsx test/lifecycle/rotation/write-year-page.ts\`; \`test/lifecycle/rotation/year.test.ts\` compares it. The key has \`anchor: "2028-01-01"\`,
\`every: 30\`, \`overlap: 7\`, and from 2028-11-21 on \`every: 10\`. ${year.runs} runs and ${year.calls} calls by consumers, against the emulator. What happens on which
day (missed runs, dead engines, lost answers, wrong clocks, leaks, a full account, edited schedules) is in
[script.ts](../test/lifecycle/rotation/script.ts).

## The keys that live at the end of each day

| from | to | generations |
| --- | --- | --- |
${rows(year).join("\n")}

## One rule broken at a time

The same year, with one rule of [the contract](rotation.md#the-contract) broken; the test notices each.

| rule | what is broken |
| --- | --- |
${BREACHES.map(([rule, title]) => `| ${rule} | ${title} |`).join("\n")}
`;
