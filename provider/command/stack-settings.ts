import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as z from "zod";
import { SettingsError } from "../core/errors";

const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));

interface Ended {
  readonly failure: Error | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The configuration of a stack, secrets included, as the Pulumi CLI on PATH tells it. Nothing of it is shown.
 * @throws SettingsError where there is no CLI, no such stack, or no way to its secrets
 */
export async function stackSettings(
  stack: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<(key: string) => string | undefined> {
  const refuse = (reason: string): never => {
    throw new SettingsError(
      `The configuration of the stack ${JSON.stringify(stack)} could not be read: ${reason}`,
    );
  };
  if (!existsSync(cwd)) refuse(`there is no folder ${JSON.stringify(cwd)}`);
  const args = ["config", "--json", "--show-secrets", "--non-interactive", "--stack", stack];
  const { failure, stdout, stderr } = await new Promise<Ended>((resolve) => {
    execFile("pulumi", args, { cwd, env }, (failure, stdout, stderr) => resolve({ failure, stdout, stderr }));
  });
  // The failure is no cause that can be kept: it carries what was printed, and so may carry secrets.
  if (failure && "code" in failure && failure.code === "ENOENT") refuse("there is no pulumi on PATH");
  if (failure) refuse(stderr.trim() || "pulumi config failed");
  const read = configuration.safeParse(parsed(stdout));
  if (!read.success) return refuse("pulumi config answered something else than its configuration");
  return (key) => read.data[key]?.value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
