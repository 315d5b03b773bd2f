// What the scripts beside this file share: GitHub's API through `gh`, and the reports of report.sh.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The user that a workflow's own token acts as: what somebody else wrote is never edited. */
const BOT = "github-actions[bot]";
/** GitHub takes 65,536 characters; the rest of a text is left to the run's log. */
const LONGEST = 20_000;

/** @param {string} name */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set: the workflow has to set it.`);
  return value;
}

/** Calls GitHub's API; `path` begins below the repository. A list is read to its last page. */
export function github(method, path, fields) {
  const address = `repos/${setting("GITHUB_REPOSITORY")}/${path}`;
  const list = method === "GET" && fields === undefined;
  const how = list ? ["--paginate", "--slurp"] : ["--input", "-"];
  const answer = execFileSync("gh", ["api", "--method", method, ...how, address], {
    encoding: "utf8",
    input: JSON.stringify(fields ?? {}),
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["pipe", "pipe", "inherit"],
  });
  return list ? JSON.parse(answer).flat() : JSON.parse(answer);
}

/** Whether a comment or an issue is the one that these scripts keep under `marker`. */
export const isOurs = (marker) => (each) => each.user?.login === BOT && each.body?.startsWith(marker);

/** The report of a stack: `code` 0 no changes, 7 changes, anything else a failure; nothing where there is none. */
export function reportOf(stack) {
  if (!existsSync(`reports/${stack}.code`)) return undefined;
  const text = readFileSync(`reports/${stack}.txt`, "utf8")
    // Said by --expect-no-changes, which is how the scripts ask.
    .replace(/^error: no changes were expected .*\n?/m, "")
    .trim();
  return { code: Number(readFileSync(`reports/${stack}.code`, "utf8")), text };
}

/** The text as a block of Markdown that nothing in it can end. */
export function block(text) {
  const shown =
    text.length > LONGEST ? `${text.slice(0, LONGEST)}\n[...] the rest is in the log of the run` : text;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${shown}\n${fence}`;
}
