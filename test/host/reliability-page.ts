import { CLI_FAULTS } from "../cli/fault-rows";
import type { Verb } from "../harness/front-door";
import { FAULT_MATRIX, type NumberedRow } from "./fault-matrix";

const HEADINGS: Readonly<Record<Verb, string>> = {
  check: "A new key is checked, before anything is done",
  diff: "A preview compares with the live key",
  create: "A key is created",
  read: "A refresh reads a key",
  update: "A key is updated",
  delete: "A key is deleted",
};

const INTRODUCTION = `# What happens when something goes wrong

<!-- Written from test/host/fault-matrix.ts by \`npx tsx test/host/write-reliability-page.ts\`; a test compares. Change the rows, not this page. -->

Between the provider and the platform lie a network, proxies, rate limits and other people. Each row below is one thing that
goes wrong there, what the person at the terminal sees, which part of that tells what to do next, and what is on the server afterwards. Every row is a test of its own:
it runs through Pulumi's real dynamic provider host, as a process of its own, against the emulator on real HTTP. After each
row the platform is made well again, and the next update has to bring the declaration about, with one living key whose access
key the state holds; where a message asks for a key to be removed, the test does exactly that. And after each row every
secret (the admin key, and each access key that was ever made) is searched for in all that was said. To run one row:

\`\`\`sh
npx jest --selectProjects host -t "C2:"
\`\`\`

\`<id>\`, \`<name>\`, \`<url>\` and \`<address>\` stand for what differs from run to run. "Done all the same" means that the operation
succeeds and nothing needs to be known about it; the number of calls to the platform shows what was repeated.
The last table goes through the whole of it, with the real \`pulumi\`; what a \`kill -9\` in the midst of an update leaves behind is on a
page of its own, [interrupted-runs](interrupted-runs.md). The reasons behind the rows are in [safe-create](decisions/safe-create.md), [auto-names](decisions/auto-names.md) and
[live-diff](decisions/live-diff.md).
`;

const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", "<br>");

function seen({ sees, tells }: NumberedRow): string {
  if (sees !== undefined) return cell(sees);
  return tells === undefined ? "Done all the same" : `Done; the preview says: ${cell(tells)}`;
}

const made = ({ calls }: NumberedRow): string =>
  Object.entries(calls ?? {})
    .map(([call, times]) => `${call} ${times}`)
    .join(", ");

const throughTheCli = (): string =>
  [
    "\n## Through the real CLI\n",
    "Each row is a test of `test/cli/faults.test.ts`: `npx jest --selectProjects cli -t K1:`. After each, every secret is searched for in",
    "all that was printed, in the exported state and in every file below the project and the backend. Bad declarations have a table of",
    "their own, `test/bad-input.ts`; `test/cli/bad-input.test.ts` brings every row of it before the real CLI.\n",
    "| Test | What goes wrong | What you see | What to do next | Left on the server |",
    "| --- | --- | --- | --- | --- |",
    ...CLI_FAULTS.map(
      ({ number, fault, sees, next = "", left }) =>
        `| ${[number, cell(fault), sees, cell(next), left].join(" | ")} |`,
    ),
  ].join("\n");

export function reliabilityPage(): string {
  const sections = Object.entries(HEADINGS).map(([verb, heading]) => {
    const rows = FAULT_MATRIX.filter((row) => row.verb === verb);
    const lines = rows.map(
      (row) =>
        `| ${[row.number, cell(row.fault), seen(row), cell(row.next ?? ""), row.left, made(row)].join(" | ")} |`,
    );
    return [
      `\n## ${heading}\n`,
      "| Test | What goes wrong | What you see | What to do next | Left on the server | Calls |",
      "| --- | --- | --- | --- | --- | --- |",
      ...lines,
    ].join("\n");
  });
  return `${INTRODUCTION}${[...sections, throughTheCli()].join("\n")}\n`;
}
