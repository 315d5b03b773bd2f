import type { Problem } from "../errors";
import { present } from "../present";
import { isUnknown } from "../unknown";
import { type Clocks, clockProblems } from "./clock";
import { dateOf, dayOf, inDays, readDate, startOfDay } from "./days";
import { type Leak, leakAt, type PlannedGeneration, plan } from "./plan";
import type { Schedule } from "./schedule";

/** A generation whose key was handed out. */
export interface HandedOut {
  readonly id: string;
  readonly start: string;
  /** The end of the validity that was promised. */
  readonly retiresAt: string;
  /** The expiry with which the key was created. */
  readonly expiresAt: string;
}

/** What the state keeps of a rotation, because a later run cannot derive it. */
export interface Memory {
  /** The overlap that was promised with these keys, in days. */
  readonly overlap: number;
  readonly rotationTrigger?: string | undefined;
  readonly leak?: Leak | undefined;
  /** The keys of the last run, the current one last. */
  readonly generations: readonly HandedOut[];
}

/** What a run finds out before it plans. */
export interface Facts extends Clocks {
  /** How many keys the account holds, admin keys not counted. */
  readonly keys: number;
  /** The maximum number of keys; absent if it is not configured. */
  readonly maxKeys?: number | undefined;
}

export interface Declared {
  readonly schedule: Schedule;
  /** The engine's placeholder where a preview does not know it yet. */
  readonly rotationTrigger?: string | undefined;
}

export type Remembered =
  | { readonly ok: true; readonly memory: Memory; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The time must not be before the start of a key that was already handed out. */
function setBack({ generations }: Memory, day: number): Problem[] {
  const last = generations.at(-1);
  if (last === undefined || day >= (readDate(last.start) ?? day)) return [];
  const reason = `is ${dateOf(day)}, before the start of generation ${last.id}, whose key was already handed out: run again on or after that day. This run would delete the key`;
  return [{ property: "the time of this run", reason }];
}

/** The promises that an edited schedule would break. */
function broken(memory: Memory, planned: readonly PlannedGeneration[], instant: number): Problem[] {
  const promised = memory.generations.filter(({ retiresAt }) => (readDate(retiresAt) ?? 0) > dayOf(instant));
  const undo =
    "Restore anchor, every, overlap and the pieces of schedule. To change the period, append { from, every } to schedule, with a day after today";
  return promised.flatMap((key): Problem[] => {
    const { id, retiresAt, expiresAt } = key;
    const kept = planned.find((each) => each.id === id);
    const whose = `the key of generation ${id}, which was handed out to be valid until ${retiresAt}`;
    if (kept === undefined) return [{ property: "the schedule", reason: `would drop ${whose}. ${undo}` }];
    const until = dateOf(kept.retires);
    const isCurrent = key === memory.generations.at(-1);
    const inTime = isCurrent && startOfDay(kept.retires) >= instant + startOfDay(memory.overlap);
    if (until < retiresAt && !inTime)
      return [{ property: "the schedule", reason: `would end ${whose}, on ${until}. ${undo}` }];
    if (until <= expiresAt) return [];
    const reason = `would need the key of generation ${id} until ${until}, but the platform ends it on ${expiresAt}: an expiry is set when the key is created. Raise the overlap by less, and again after the next rotation`;
    return [{ property: "the schedule", reason }];
  });
}

/** New keys are created before old ones are deleted. */
function withoutRoom({ keys, maxKeys }: Facts, created: number): Problem[] {
  if (maxKeys === undefined || created === 0 || keys + created <= maxKeys) return [];
  const reason = `holds ${keys} of ${maxKeys} keys (aixplain:maxKeys), and this run creates ${created} before it deletes any: delete unused keys (npx pulumi-aixplain list shows them all), or have the maximum raised`;
  return [{ property: "the account", reason }];
}

/** What a leak means for consumers. */
function leakWarning(ended: readonly string[], current: string): string {
  const [which, its] = ended.length === 1 ? ["generation", "the key"] : ["generations", "the keys"];
  return (
    `rotationTrigger has changed: this update creates the key of generation ${current} and deletes ${its} of ${which} ${ended.join(" and ")}. ` +
    "Consumers that do not get the new key from this update are refused from then on."
  );
}

/** Problems that are about to occur. */
function warnings(
  memory: Memory | undefined,
  planned: readonly PlannedGeneration[],
  { instant, keys, maxKeys }: Facts,
): string[] {
  const current = planned.at(-1);
  const last = memory?.generations.at(-1);
  if (current === undefined || memory === undefined || last === undefined) return [];
  const day = dayOf(instant);
  if (last.id === current.id) {
    if (maxKeys === undefined || keys < maxKeys) return [];
    const next = dateOf(current.retires - memory.overlap);
    return [
      `the account holds ${keys} of ${maxKeys} keys: make room for one more before the rotation on ${next}, or it fails.`,
    ];
  }
  const late = day - current.start;
  if (late < 1) return [];
  const [retired, ended] = [last.retiresAt <= dateOf(day), last.expiresAt <= dateOf(day)];
  return [
    `no update has run for ${inDays(late)} since the rotation of ${dateOf(current.start)} was due. Run pulumi up. The key of generation ${last.id} ` +
      (ended
        ? `expired on ${last.expiresAt}.`
        : `${retired ? `was due to retire on ${last.retiresAt} and ` : ""}expires on ${last.expiresAt}.`),
  ];
}

/**
 * Records a run in the memory, or refuses it with all problems. Only the memory shows whether the trigger has changed
 * and what was promised before.
 */
export function remember(memory: Memory | undefined, declared: Declared, facts: Facts): Remembered {
  const { schedule, rotationTrigger } = declared;
  const { instant } = facts;
  const before = memory?.rotationTrigger;
  const hasLeaked =
    before !== undefined &&
    rotationTrigger !== undefined &&
    before !== rotationTrigger &&
    ![before, rotationTrigger].some(isUnknown);
  const known = memory?.generations.map(({ id }) => id) ?? [];
  const leak = hasLeaked ? leakAt(schedule, instant, known) : memory?.leak;
  const planned = plan(schedule, instant, leak);
  const created = planned.filter(({ id }) => !known.includes(id));
  const tooEarly = memory ? setBack(memory, dayOf(instant)) : [];
  const isJudged = memory && planned.length > 0 && tooEarly.length === 0 && !hasLeaked;
  const problems = [
    ...clockProblems(facts),
    ...(planned.length === 0 ? [{ property: "anchor", reason: FUTURE }] : []),
    ...tooEarly,
    ...(isJudged ? broken(memory, planned, instant) : []),
    ...withoutRoom(facts, created.length),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const generations = planned.map(({ id, start, retires, expires }) => {
    const was = memory?.generations.find((each) => each.id === id);
    return {
      id,
      start: dateOf(start),
      retiresAt: dateOf(retires),
      expiresAt: was?.expiresAt ?? dateOf(expires),
    };
  });
  return {
    ok: true,
    memory: present<Memory>({ overlap: schedule.overlap, rotationTrigger, leak, generations }),
    warnings: hasLeaked
      ? [leakWarning(known, generations.at(-1)?.id ?? "")]
      : warnings(memory, planned, facts),
  };
}

const FUTURE = "is after the time of this run: choose today or an earlier day. No generation has started yet";
