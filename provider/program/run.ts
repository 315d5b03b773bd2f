import * as pulumi from "@pulumi/pulumi";

/** Whether the program runs under Pulumi's mocks. Not by class, because several copies of the SDK may be loaded. */
export function underMocks(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}

/** Identifies one run of a program: a process of the Automation API may hold several. `undefined` without Pulumi. */
export const currentRun = (): object | undefined => pulumi.runtime.getStackResource();
