import * as pulumi from "@pulumi/pulumi";

/**
 * Whether the program runs against Pulumi's mocks, in a unit test. Recognised by what a mock monitor holds and not by
 * its class: where several copies of the SDK are loaded, the class is another copy's.
 */
export function underMocks(): boolean {
  const monitor: unknown = pulumi.runtime.getMonitor();
  return typeof monitor === "object" && monitor !== null && "mocks" in monitor;
}

/**
 * What identifies one run of a program; `undefined` in a process without Pulumi. A process can hold many runs: inline
 * programs of the Automation API.
 */
export const currentRun = (): object | undefined => pulumi.runtime.getStackResource();
