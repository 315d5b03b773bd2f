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
 * The configuration of a stack with its secrets, from the Pulumi CLI on PATH.
 * @throws SettingsError if there is no CLI or no such stack, or its secrets cannot be decrypted
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
  // Not kept as the cause: it contains the output, which may contain secrets.
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
