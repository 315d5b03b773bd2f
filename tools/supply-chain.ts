/**
 * `npm run supply-chain`: checks versions, digests, licences and install scripts of everything that is installed with
 * our packages. Works offline. `--write` updates docs/supply-chain.md.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { EXCEPTIONS } from "./supply-chain/exceptions";
import { lockfileSchema, runtimePackages } from "./supply-chain/lockfile";
import { report } from "./supply-chain/report";
import {
  installScriptProblems,
  licenceProblems,
  lockfileProblems,
  manifestProblems,
} from "./supply-chain/rules";

const ROOT = join(__dirname, "..");
const DOCUMENT = join(ROOT, "docs", "supply-chain.md");
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions });

function main(write: boolean): number {
  const lock = lockfileSchema.parse(json("package-lock.json"));
  const folders = [
    "",
    "emulator",
    "policies",
    ...readdirSync(join(ROOT, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `examples/${name}`),
  ];
  const manifests = folders.map((folder) => ({
    file: join(folder, "package.json"),
    ...manifest.parse(json(folder, "package.json")),
  }));
  const shipped = [
    { title: "pulumi-aixplain", packages: runtimePackages(lock, [""]) },
    { title: "aixplain-emulator", packages: runtimePackages(lock, ["emulator"]) },
    { title: "pulumi-aixplain-policies", packages: runtimePackages(lock, ["policies"]) },
  ];
  const packages = runtimePackages(lock, ["", "emulator", "policies"]);
  const document = report(shipped, EXCEPTIONS);
  if (write) writeFileSync(DOCUMENT, document);
  const problems = [
    ...manifestProblems(manifests),
    ...lockfileProblems(lock),
    ...installScriptProblems(packages, EXCEPTIONS),
    ...licenceProblems(packages, EXCEPTIONS),
    ...(readFileSync(DOCUMENT, "utf8") === document
      ? []
      : ["docs/supply-chain.md is out of date: npx tsx tools/supply-chain.ts --write"]),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0) {
    process.stdout.write(`${packages.length} packages: exact versions, permissive licences\n`);
  }
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.includes("--write"));
