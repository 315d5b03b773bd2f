import { createHash, randomBytes } from "node:crypto";
import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { PulumiCli } from "./cli";
import { codeOf, reasonOf } from "./errors";
import type { Installation } from "./installation";
import type { Progress } from "./progress";
import { type TemporaryBackend, withTemporaryBackend } from "./temporary-backend";

/** Returns the version of a CLI that runs programs, or throws. */
export type Verify = (installation: Installation, progress: Progress) => Promise<string>;

const COMMAND_TIMEOUT_MS = 120_000;
const ANSWER = "42";

const SDK = dirname(require.resolve("@pulumi/pulumi/package.json"));

/** A dynamic resource needs the engine, the language host and the dynamic host. */
const PROGRAM = `"use strict";
const { dynamic } = require("@pulumi/pulumi");
const provider = { create: async (inputs) => ({ id: "probe", outs: { answer: inputs.question + 1 } }) };
class Probe extends dynamic.Resource {}
exports.answer = new Probe(provider, "probe", { question: 41, answer: undefined }).answer;
`;
const PROJECT = "name: probe\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** Remembers a verification until a file or Node.js changes. */
export function rememberedIn(directory: string): Verify {
  return async (installation, progress) => {
    const marker = join(directory, `${fingerprint(installation)}.json`);
    const known = readMarker(marker);
    if (known !== undefined) return known;
    const step = progress.begin("Checking that a program runs");
    try {
      const version = await probe(installation);
      remember(marker, version);
      step.done(`Pulumi ${version} works`);
      return version;
    } catch (error) {
      step.failed(reasonOf(error));
      throw error;
    }
  };
}

async function probe(installation: Installation): Promise<string> {
  return withTemporaryBackend(new PulumiCli(installation, "unknown"), async (backend) => {
    const version = (await succeed(backend, ["version"])).trim().replace(/^v/, "");
    writeProgram(backend.directory);
    const quiet = ["--stack", "probe", "--non-interactive", "--color", "never"];
    await succeed(backend, ["stack", "init", ...quiet]);
    await succeed(backend, ["up", "--yes", "--skip-preview", ...quiet]);
    const answer = (await succeed(backend, ["stack", "output", "answer", ...quiet])).trim();
    if (answer !== ANSWER) throw new Error(`the program's output is ${answer} instead of ${ANSWER}`);
    return version;
  });
}

async function succeed(backend: TemporaryBackend, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await backend.run(args, { timeoutMs: COMMAND_TIMEOUT_MS });
  if (code === 0) return stdout;
  throw new Error(`\`pulumi ${args[0]}\` ended with code ${code}: ${lastWords(`${stdout}\n${stderr}`)}`);
}

/** The error lines, else the last lines. */
function lastWords(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => /^error:/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3).join("\n");
}

function writeProgram(directory: string): void {
  writeFileSync(join(directory, "Pulumi.yaml"), PROJECT);
  writeFileSync(
    join(directory, "package.json"),
    '{ "name": "probe", "private": true, "main": "index.js" }\n',
  );
  writeFileSync(join(directory, "index.js"), PROGRAM);
  const scope = join(directory, "node_modules", "@pulumi");
  mkdirSync(scope, { recursive: true });
  symlinkSync(SDK, join(scope, "pulumi"), "junction");
}

/** From sizes and times: a renamed directory keeps its fingerprint. */
function fingerprint(installation: Installation): string {
  const files = [installation.pulumi, ...installation.companions].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return [installation.origin === "path" ? realpathSync(file) : basename(file), size, mtimeMs];
  });
  const sdk: unknown = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8"));
  const about = [
    files,
    process.version,
    typeof sdk === "object" && sdk !== null && "version" in sdk ? sdk.version : "",
  ];
  return createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 32);
}

function readMarker(file: string): string | undefined {
  try {
    const marker: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (
      typeof marker === "object" &&
      marker !== null &&
      "version" in marker &&
      typeof marker.version === "string"
    ) {
      return marker.version;
    }
    return undefined;
  } catch (error) {
    // Not verified yet, or a damaged marker.
    if (error instanceof SyntaxError || codeOf(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

function remember(file: string, version: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${randomBytes(4).toString("hex")}`;
  writeFileSync(temporary, `${JSON.stringify({ version })}\n`);
  renameSync(temporary, file);
}
