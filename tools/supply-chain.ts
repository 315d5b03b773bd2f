/**
 * `npm run supply-chain`: whether everything that is installed with our packages is exact, free of known vulnerabilities,
 * permissively licensed and in need of no install script. Offline. `--write` brings docs/supply-chain.md up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { knowledgeSchema } from "./supply-chain/knowledge";
import { lockfileSchema, runtimePackages } from "./supply-chain/lockfile";
import { report } from "./supply-chain/report";
import {
  installScriptProblems,
  licenceProblems,
  lockfileProblems,
  manifestProblems,
  vulnerabilityProblems,
} from "./supply-chain/rules";

const ROOT = join(__dirname, "..");
const DOCUMENT = join(ROOT, "docs", "supply-chain.md");
const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(ROOT, ...path), "utf8"));

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ name: z.string(), dependencies: versions, devDependencies: versions });

function main(write: boolean): number {
  const lock = lockfileSchema.parse(json("package-lock.json"));
  const known = knowledgeSchema.parse(json("tools", "supply-chain", "known-vulnerable.json"));
  const folders = [
    "",
    "emulator",
    "policies",
    ...readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}`),
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
  const document = report(shipped, known);
  if (write) writeFileSync(DOCUMENT, document);
  const problems = [
    ...manifestProblems(
      manifests,
      manifests.map(({ name }) => name),
      known,
    ),
    ...lockfileProblems(lock),
    ...vulnerabilityProblems(packages, known),
    ...installScriptProblems(packages, known),
    ...licenceProblems(packages, known),
    ...(readFileSync(DOCUMENT, "utf8") === document
      ? []
      : ["docs/supply-chain.md is out of date: npx tsx tools/supply-chain.ts --write"]),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0) {
    process.stdout.write(
      `${packages.length} packages: exact, permissive, none at a version known to be vulnerable\n`,
    );
  }
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.includes("--write"));
