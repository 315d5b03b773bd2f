import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "../../tools/pulumi-cli/process";
import { go } from "../../tools/sdks/generate";

const ROOT = join(__dirname, "..", "..");
const HOST_MODULE = join(ROOT, "tools", "pulumi-cli", "go", "language-python");
const HOST = "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python";
const INSTALL_MS = 10 * 60_000;

/** The packages that the generated SDK needs, and what builds it; exact, as the runs that were seen had them. */
const PACKAGES = ["pulumi==3.248.0", "parver==0.5", "semver==3.0.4", "setuptools==80.9.0"];

async function must(command: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await run(command, args, { timeoutMs: INSTALL_MS });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${stdout}\n${stderr}`);
}

/** Builds Pulumi's language host for Python. Answers its folder, which belongs on the PATH. */
export async function pythonHost(directory: string): Promise<string> {
  const bin = join(directory, "bin");
  mkdirSync(bin, { recursive: true });
  await go(
    ["build", "-mod=readonly", "-trimpath", "-o", join(bin, "pulumi-language-python"), HOST],
    HOST_MODULE,
  );
  const sources = (
    await go(["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], HOST_MODULE)
  ).trim();
  const runner = join(bin, "pulumi-language-python-exec");
  copyFileSync(join(sources, "python", "cmd", "pulumi-language-python-exec"), runner);
  chmodSync(runner, 0o755);
  return bin;
}

/** Python as a Pulumi program needs it: its language host, and an interpreter with the generated SDK. Answers the PATH. */
export async function pythonPath(directory: string, sdk: string): Promise<string> {
  const bin = await pythonHost(directory);
  const environment = join(directory, "venv");
  await must("python3", ["-m", "venv", environment]);
  const python = join(environment, "bin", "python");
  const pip = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"];
  await must(python, [...pip, "--only-binary", ":all:", ...PACKAGES]);
  await must(python, [...pip, "--no-deps", "--no-build-isolation", sdk]);
  return [bin, join(environment, "bin"), process.env.PATH].join(delimiter);
}
