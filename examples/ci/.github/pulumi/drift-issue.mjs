// Keeps one issue per stack open while there is drift, and closes it afterwards.
import { block, github, isOurs, reportOf, setting } from "./github.mjs";

const stack = setting("STACK");
const run = `[the run](${setting("RUN_URL")})`;
const marker = `<!-- aixplain-drift ${stack} -->`;
const report = reportOf(stack);
if (!report || ![0, 7].includes(report.code)) {
  throw new Error(`There is no report of the stack ${stack} to tell drift by. The issue stays as it is.`);
}

const open = github("GET", "issues?state=open&per_page=100").find(
  (issue) => !issue.pull_request && isOurs(marker)(issue),
);

if (report.code === 7) {
  const title = `Drift in the stack ${stack}`;
  const body = [
    marker,
    `The live keys of the stack \`${stack}\` differ from its state. Found by ${run}:`,
    block(report.text),
    "`-` is a key that is gone from the account. `~` is a key that was changed: the state on the left, the live key on the right.",
    [
      "- To undo the change, run the workflow `apply`: `pulumi up` sets the keys back to what the program declares.",
      "- To keep the change, declare it in the program and merge that.",
      "- If a key is gone, `pulumi up` creates it again, with a new access key.",
    ].join("\n"),
    "The first run without drift closes this issue.",
  ].join("\n\n");
  if (open) github("PATCH", `issues/${open.number}`, { body });
  else github("POST", "issues", { title, body });
  process.stdout.write(`${title}\n`);
} else if (open) {
  github("POST", `issues/${open.number}/comments`, { body: `No drift any more, says ${run}.` });
  github("PATCH", `issues/${open.number}`, { state: "closed", state_reason: "completed" });
  process.stdout.write(`The issue ${open.number} is closed.\n`);
} else process.stdout.write("No drift, and no issue.\n");
