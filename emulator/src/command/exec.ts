import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Emulator } from "../emulator.js";

const environmentOf = ({ url, modelsRunUrl, adminKey }: Emulator): Record<string, string> => ({
  BACKEND_URL: url,
  MODELS_RUN_URL: modelsRunUrl,
  AIXPLAIN_ALLOW_INSECURE_URLS: "1",
  AIXPLAIN_API_KEY: adminKey,
  TEAM_API_KEY: adminKey,
});

const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/**
 * Runs a command against an emulator.
 * @returns its exit status; 128 plus the signal's number for a killed command
 */
export function runAgainst(
  emulator: Emulator,
  [command = "", ...args]: readonly string[],
  warn: (line: string) => void,
): Promise<number> {
  const child = spawn(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...environmentOf(emulator) },
  });
  // A terminal interrupts the command as well. A signal to this process id is passed on.
  const interrupt = (): void => {};
  const end = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", interrupt).on("SIGTERM", end).on("SIGHUP", end);
  return new Promise((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === "ENOENT";
      warn(
        `aixplain emulator: ${command} ${isMissing ? "was not found" : `cannot be run: ${error.message}`}`,
      );
      resolve(isMissing ? NOT_FOUND : NOT_EXECUTABLE);
    });
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() =>
    process.off("SIGINT", interrupt).off("SIGTERM", end).off("SIGHUP", end),
  ) as Promise<number>;
}
