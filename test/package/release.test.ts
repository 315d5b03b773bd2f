import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, outsideOfTheCheckout, ROOT } from "./npm";
import { type Registry, startRegistry } from "./registry";

const directory = mkdtempSync(join(tmpdir(), "release-"));
const release = join(directory, "release");
const NAMES = ["aixplain-emulator", "pulumi-aixplain", "pulumi-aixplain-policies"];
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const digest = (algorithm: string, file: string, form: "hex" | "base64") =>
  createHash(algorithm).update(readFileSync(file)).digest(form);

let registry: Registry;

beforeAll(async () => {
  registry = await startRegistry();
  must(process.execPath, [require.resolve("tsx/cli"), "tools/release.ts", "pack", release], ROOT);
}, 120_000);

afterAll(async () => {
  await registry.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Asynchronous, because the registry is in this process. */
function run(file: string, args: readonly string[], { url } = registry): Promise<Ended> {
  const userconfig = join(directory, "npmrc");
  writeFileSync(userconfig, `registry=${url}\n${url.replace("http:", "")}:_authToken=none\n`);
  const env = {
    ...outsideOfTheCheckout(process.env),
    NPM_CONFIG_USERCONFIG: userconfig,
    NPM_CONFIG_REGISTRY: url,
    NPM_CONFIG_FETCH_RETRIES: "0",
  };
  const child = spawn(file, args, { cwd: ROOT, env, shell: process.platform === "win32" });
  return new Promise((resolve, reject) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

const sums = (folder: string): string => digest("sha256", join(folder, "SHA256SUMS"), "hex");
const publish = (folder: string, expected = sums(folder)) =>
  run(process.execPath, [join(ROOT, ".github", "release", "publish.mjs"), folder, expected]);

function copyOf(name: string): string {
  const copy = join(directory, name);
  mkdirSync(copy);
  for (const file of readdirSync(release)) copyFileSync(join(release, file), join(copy, file));
  return copy;
}

test("a release has three packages, an archive of the plugin per platform, its notes and the digests of all", () => {
  const files = readdirSync(release);
  expect(files.filter((file) => file.endsWith(".tgz"))).toEqual(
    NAMES.map((name) => `${name}-${version}.tgz`),
  );
  expect(files.filter((file) => file.startsWith("pulumi-resource-aixplain-"))).toHaveLength(6);
  expect(readFileSync(join(release, "notes.md"), "utf8").trim()).not.toBe("");
  const told = readFileSync(join(release, "SHA256SUMS"), "utf8").trim().split("\n");
  expect(told.map((line) => line.split("  ")[1])).toEqual(files.filter((file) => file !== "SHA256SUMS"));
});

test("versions and repository of today's packages fit each other", async () => {
  const args = [require.resolve("tsx/cli"), "tools/release.ts", "check", `v${version}`];
  const { text } = await run(process.execPath, args);
  expect(text.split("\n").filter((line) => line !== "" && !line.startsWith("CHANGELOG.md: "))).toEqual([]);
});

test.each(NAMES)("npm would publish %s as it is packed", async (name) => {
  const { code, text } = await run("npm", ["publish", join(release, `${name}-${version}.tgz`), "--dry-run"]);
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining(`+ ${name}@${version}`) });
  expect(text).not.toMatch(/npm warn publish/i);
});

test("files that are not what the build made are not published", async () => {
  const altered = copyOf("altered");
  appendFileSync(join(altered, `pulumi-aixplain-${version}.tgz`), "x");
  expect(await publish(altered)).toEqual({
    code: 1,
    text: `pulumi-aixplain-${version}.tgz is not what the build made. Nothing was published.\n`,
  });
  expect(await publish(altered, "0".repeat(64))).toEqual({
    code: 1,
    text: "SHA256SUMS is not the list that the build made. Nothing was published.\n",
  });
  expect(registry.published).toEqual([]);
});

test("the job publishes each package once, however often it runs, and never over another one", async () => {
  const expected = NAMES.map(
    (name) =>
      `${name} ${version} sha512-${digest("sha512", join(release, `${name}-${version}.tgz`), "base64")}`,
  );
  expect(await publish(release)).toMatchObject({
    code: 0,
    text: expect.stringContaining("pulumi-aixplain 0"),
  });
  expect(registry.published).toEqual(expected);
  const again = await publish(release);
  expect(again.code).toBe(0);
  expect(again.text.match(/was published before/g)).toHaveLength(3);
  expect(registry.published).toEqual(expected);

  const other = copyOf("other");
  const emulator = `aixplain-emulator-${version}.tgz`;
  appendFileSync(join(other, emulator), "\0");
  const lines = readdirSync(other)
    .filter((file) => file !== "SHA256SUMS")
    .map((file) => `${digest("sha256", join(other, file), "hex")}  ${file}\n`);
  writeFileSync(join(other, "SHA256SUMS"), lines.join(""));
  const refused = await publish(other);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain(`aixplain-emulator: the registry has another ${version}`);
  expect(registry.published).toEqual(expected);
});

test("a registry that does not answer is not taken for one without the package", async () => {
  const gone = await startRegistry();
  await gone.close();
  const args = [join(ROOT, ".github", "release", "publish.mjs"), release, sums(release)];
  const refused = await run(process.execPath, args, gone);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain("the registry does not tell whether it has");
});
