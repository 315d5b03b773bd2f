import { spawnSync } from "node:child_process";

/** Whether a command runs here. In CI it has to: there, a suite that did not run must not look green. */
export function has(command: string, ...args: string[]): boolean {
  const { status } = spawnSync(command, args, { stdio: "ignore" });
  if (status !== 0 && process.env.CI) throw new Error(`${command} is needed and does not run`);
  return status === 0;
}
