// Writes the commit that the apply workflow applied last into the step's output `sha`. GitHub records a deployment for every
// job with an environment.
import { appendFileSync } from "node:fs";
import { github, setting } from "./github.mjs";

/** Not begun: the state does not know anything of it yet. */
const WAITING = ["waiting", "queued", "pending"];

const environment = setting("ENVIRONMENT");
const stateOf = ({ id }) => github("GET", `deployments/${id}/statuses?per_page=100`)[0]?.state ?? "pending";

let last;
for (const deployment of github(
  "GET",
  `deployments?environment=${encodeURIComponent(environment)}&per_page=100`,
)) {
  last = { sha: deployment.sha, state: stateOf(deployment) };
  if (!WAITING.includes(last.state)) break;
}
if (last?.state !== "success") {
  const found = last ? `The last one, of ${last.sha}, is "${last.state}".` : "There is none.";
  throw new Error(
    `The environment ${environment} has no deployment that went well last. ${found} Which program the state is of is not ` +
      "known, and applying an older one could delete keys. Run the apply workflow to a good end first.",
  );
}
appendFileSync(setting("GITHUB_OUTPUT"), `sha=${last.sha}\n`);
process.stdout.write(`${environment}: ${last.sha}\n`);
