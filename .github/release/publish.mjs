/**
 * Publishes the packages of a folder, in the order in which they need each other. A package that the registry has
 * already is left alone if it is the same, so that the job can be run again. Signs nothing else and installs nothing.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [directory, expectedSums] = process.argv.slice(2);
const read = (name) => readFileSync(join(directory, name));
const digest = (algorithm, name, form) => createHash(algorithm).update(read(name)).digest(form);

function npm(args) {
  const { status, stdout, stderr } = spawnSync("npm", args, {
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  return { ok: status === 0, stdout: stdout.trim(), text: `${stdout}\n${stderr}` };
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** What the registry holds of a version: its digest, or `undefined` where it has none. */
function publishedDigest(name, version) {
  const { ok, stdout, text } = npm(["view", `${name}@${version}`, "dist.integrity"]);
  if (ok) return stdout === "" ? undefined : stdout;
  if (text.includes("E404")) return undefined;
  return fail(`${name}: the registry does not tell whether it has ${version}. Run the job again.\n${text}`);
}

if (digest("sha256", "SHA256SUMS", "hex") !== expectedSums)
  fail("SHA256SUMS is not the list that the build made. Nothing was published.");
for (const line of read("SHA256SUMS").toString().trim().split("\n")) {
  const [sum, name] = line.split("  ");
  if (digest("sha256", name, "hex") !== sum)
    fail(`${name} is not what the build made. Nothing was published.`);
}
const archives = readdirSync(directory).filter((name) => name.endsWith(".tgz"));
for (const name of ["aixplain-emulator", "pulumi-aixplain", "pulumi-aixplain-policies"]) {
  const archive = archives.find((each) => each.replace(/-\d+\.\d+\.\d+\.tgz$/, "") === name);
  if (archive === undefined) fail(`${name}: the build made no package. Nothing more was published.`);
  const version = archive.slice(name.length + 1, -".tgz".length);
  const published = publishedDigest(name, version);
  const own = `sha512-${digest("sha512", archive, "base64")}`;
  if (published !== undefined && published !== own)
    fail(`${name}: the registry has another ${version} (${published}, not ${own}). Release a new version.`);
  if (published === undefined) {
    const { ok, text } = npm(["publish", join(directory, archive), "--access", "public", "--ignore-scripts"]);
    if (!ok) fail(`${name}: npm publish failed. Run the job again.\n${text}`);
  }
  process.stdout.write(
    `${name} ${version}: ${published === undefined ? "published" : "was published before"}\n`,
  );
}
