import type { FleetResult } from "../fleet/index";
import { type FleetRun, OPERATIONS, type Phase } from "../fleet/measure";
import { seconds, table } from "./markdown";

const answered = ({ calls }: Phase): number =>
  Object.values(calls.answered).reduce((sum, count) => sum + count, 0);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function ratio(alone: FleetRun, fleet: FleetRun, operation: string, of: (phase: Phase) => number): string {
  const [one, all] = [alone, fleet].map((run) => run.phases.find((phase) => phase.operation === operation));
  return one && all ? `${(of(all) / of(one)).toFixed(2)}x` : "";
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);

const longest = ({ stacks }: Phase): number => Math.max(...stacks.map(({ ms }) => ms));
const typical = ({ stacks }: Phase): number => median(stacks.map(({ ms }) => ms));

function row(run: FleetRun, phase: Phase): (string | number)[] {
  const { calls, storage } = phase;
  return [
    run.stacks,
    run.checkpoints ? "on" : "off",
    phase.operation,
    answered(phase),
    calls.answered.POST ?? 0,
    calls.answered.PUT ?? 0,
    calls.refused,
    storage.requests,
    storage.checkpoints,
    seconds(phase.wallMs),
    seconds(typical(phase)),
    seconds(longest(phase)),
  ];
}

/** Compares calls, refusals and time of all stacks with one stack, and the account with the states. */
export function fleetReport({ alone, fleet, checkpointed }: FleetResult): string {
  const { stacks, runners, keysPerStack, perSecond, agreement, list, overfull } = fleet;
  const { inAccount, inStates, lost, unknown, twice } = agreement;
  const heads = [
    "stacks",
    "checkpoints",
    "operation",
    "answered",
    "POST",
    "PUT",
    "429",
    "S3 requests",
    "states written",
  ];
  return [
    "## Many stacks over one account",
    `${stacks} stacks of ${keysPerStack} keys, ${runners} runners at a time, a state on an S3-compatible server, ${perSecond} calls a second for the account; beside them one stack of ${alone.keysPerStack} keys with one runner on an account of its own.`,
    table(
      [...heads, "seconds", "median per stack", "longest stack"],
      [alone, fleet, ...(checkpointed ? [checkpointed] : [])].flatMap((run) =>
        run.phases.map((phase) => row(run, phase)),
      ),
    ),
    table(
      ["all stacks over one", "time in all", "time of a stack (median)", "answered calls"],
      OPERATIONS.map((operation) => [
        operation,
        ratio(alone, fleet, operation, ({ wallMs }) => wallMs),
        ratio(alone, fleet, operation, typical),
        ratio(alone, fleet, operation, answered),
      ]),
    ),
    `The list of ${inAccount} keys: ${megabytes(list.bytes)} MB in ${list.ms.toFixed(0)} ms, ${(list.ms / alone.list.ms).toFixed(1)}x of the list of ${alone.agreement.inAccount}. State of a stack, exported: ${megabytes(fleet.stateBytes)} MB.`,
    `Account against states, by id and name: ${inAccount} keys in the account, ${inStates} in the states; lost ${lost.length}, in no state ${unknown.length}, twice ${twice.length}.`,
    `One key more than the account may hold: exit code ${overfull.code}: ${overfull.message}`,
    table(
      ["stack", ...OPERATIONS.map((operation) => `${operation} (s)`)],
      (fleet.phases[0]?.stacks ?? []).map(({ stack }) => [
        stack,
        ...fleet.phases.map((phase) => seconds(phase.stacks.find((each) => each.stack === stack)?.ms ?? 0)),
      ]),
    ),
  ].join("\n\n");
}
