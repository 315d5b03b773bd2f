import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { schema } from "../../provider/plugin/schema";
import { run } from "../pulumi-cli/process";

/** The code generators are compiled once per machine. */
const BUILD_TIMEOUT_MS = 40 * 60_000;

/** The installed Go, without downloads other than modules. */
export const GO_ENV: NodeJS.ProcessEnv = {
  ...process.env,
  GOTOOLCHAIN: "local",
  GOWORK: "off",
  CGO_ENABLED: "0",
};

export async function go(args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run("go", args, { cwd, env: GO_ENV, timeoutMs: BUILD_TIMEOUT_MS });
  if (code === 0) return stdout;
  throw new Error(`go ${args.join(" ")} ended with code ${code}: ${stderr.trim()}`);
}

/** Writes `schema.json`, `python` and `go`. The SDKs need Go. */
export async function generateSdks(directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "schema.json");
  writeFileSync(file, `${JSON.stringify(schema(), null, 2)}\n`);
  await go(["run", "-mod=readonly", ".", file, directory], join(__dirname, "go"));
}
