import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { CommandError, EXIT } from "./exit-code";
import { parsedJson } from "./files";

/** The Pulumi CLI could not run or failed. The exit code is the CLI's own. */
class PulumiCliError extends CommandError {
  override readonly name = "PulumiCliError";
}

export interface StackPlace {
  readonly stack: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Ended {
  readonly failure: Error | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The state of a thousand keys is some megabytes. */
const MAX_ANSWER_BYTES = 1024 * 1024 * 1024;

/**
 * The JSON that the Pulumi CLI prints about a stack; `undefined` if it is not JSON. It may contain secrets.
 * @throws PulumiCliError if there is no CLI or no such stack, or if its secrets cannot be decrypted
 */
export async function askPulumi(
  what: string,
  args: readonly string[],
  { stack, cwd, env }: StackPlace,
): Promise<unknown> {
  const refuse = (reason: string, code?: number): never => {
    throw new PulumiCliError(
      `The ${what} of the stack ${JSON.stringify(stack)} could not be read: ${reason}`,
      code,
    );
  };
  if (!existsSync(cwd)) refuse(`there is no folder ${JSON.stringify(cwd)}`);
  const options = { cwd, env, maxBuffer: MAX_ANSWER_BYTES };
  const { failure, stdout, stderr } = await new Promise<Ended>((resolve) => {
    execFile("pulumi", [...args, "--non-interactive", "--stack", stack], options, (failure, stdout, stderr) =>
      resolve({ failure, stdout, stderr }),
    );
  });
  // The failure cannot be kept as a cause: it contains the output, and so may contain secrets.
  const code = failure && "code" in failure ? failure.code : undefined;
  if (code === "ENOENT") refuse("there is no pulumi on PATH");
  if (failure) {
    refuse(stderr.trim() || `pulumi ${args[0]} failed`, typeof code === "number" ? code : EXIT.failed);
  }
  return parsedJson(stdout);
}
