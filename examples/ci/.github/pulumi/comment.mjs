// Keeps one comment on the pull request with the preview of every stack. Without changes there is none; one that is there
// from an earlier commit is brought up to date.
import { block, github, isOurs, reportOf, setting } from "./github.mjs";

const MARKER = "<!-- aixplain-preview -->";

function section(stack) {
  const report = reportOf(stack);
  const heading = `### Stack \`${stack}\``;
  if (!report)
    return `${heading}: no preview\n\nThe job failed before it. See [the run](${setting("RUN_URL")}).`;
  if (report.code === 0) return `${heading}: no changes`;
  const outcome = report.code === 7 ? "changes" : `the preview failed (exit code ${report.code})`;
  return `${heading}: ${outcome}\n\n${block(report.text)}`;
}

const stacks = JSON.parse(setting("STACKS"));
const silent = stacks.every((stack) => reportOf(stack)?.code === 0);
const comments = `issues/${setting("PULL_REQUEST")}/comments`;
const ours = github("GET", `${comments}?per_page=100`).find(isOurs(MARKER));
const body = [MARKER, "## Preview", ...stacks.map(section)].join("\n\n");

if (ours) github("PATCH", `issues/comments/${ours.id}`, { body });
else if (!silent) github("POST", comments, { body });
process.stdout.write(silent && !ours ? "No changes: no comment.\n" : `${body}\n`);
