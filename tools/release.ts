/** `npm run release -- check|pack|changelog`: prepares a release, see docs/releasing.md. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { VERSION } from "../provider/version";
import { writeArchives } from "./release/archives";
import { sectionOf, unmentioned } from "./release/changelog";
import { type Manifest, releaseProblems } from "./release/rules";

const ROOT = join(__dirname, "..");
const PACKAGES = ["", "emulator", "policies"];
const SUMS = "SHA256SUMS";
const NOTES = "notes.md";

const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), "utf8");

function run(file: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout;
}

function manifests(): Map<string, Manifest> {
  const examples = readdirSync(join(ROOT, "examples"))
    .map((name) => `examples/${name}`)
    .filter((folder) => existsSync(join(ROOT, folder, "package.json")));
  return new Map(
    [...PACKAGES, ...examples].map((folder) => [
      folder,
      JSON.parse(read(folder, "package.json")) as Manifest,
    ]),
  );
}

/** Fails with all problems that block the release of a tag. */
function check(tag: string): void {
  const problems = releaseProblems({
    version: tag.replace(/^v/, ""),
    manifests: manifests(),
    reported: VERSION,
    changelog: read("CHANGELOG.md"),
    home: process.env.GITHUB_REPOSITORY,
    today: new Date().toISOString().slice(0, 10),
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Writes the packages, the archives of the plugin, their digests and the notes of the release. */
function pack(directory: string): void {
  const target = resolve(directory);
  mkdirSync(target, { recursive: true });
  for (const folder of PACKAGES) {
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", target, join(ROOT, folder)]);
  }
  writeArchives(target);
  const notes = sectionOf(read("CHANGELOG.md"), VERSION) ?? sectionOf(read("CHANGELOG.md"), "Unreleased");
  writeFileSync(join(target, NOTES), `${notes?.text ?? ""}\n`);
  const files = readdirSync(target).filter((name) => name !== SUMS);
  const digest = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(join(target, name)))
      .digest("hex");
  writeFileSync(join(target, SUMS), files.map((name) => `${digest(name)}  ${name}\n`).join(""));
  for (const name of [...files, SUMS]) process.stdout.write(`${join(target, name)}\n`);
}

/** Fails if published files have changed since a commit and the changelog has not. */
function changelog(since: string): void {
  const changed = run("git", ["diff", "--name-only", `${since}...HEAD`]).split("\n");
  const files = unmentioned(changed);
  if (files.length > 0)
    throw new Error(
      `CHANGELOG.md: describe this change under "## Unreleased", or label the pull request "no-changelog" if users need not know. Changed:\n${files.join("\n")}`,
    );
}

const program = new Command("npm run release --");
program.command("check <tag>").description("list the problems that block the release of a tag").action(check);
program
  .command("pack <directory>")
  .description("write packages, archives of the plugin, digests and notes")
  .action(pack);
program
  .command("changelog <since>")
  .description("check that CHANGELOG.md describes the published changes since a commit")
  .action(changelog);
try {
  program.parse();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
