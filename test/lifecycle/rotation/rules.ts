import type { Facts, Memory } from "../../../provider/core/rotation/memory";
import { datesOf, declarationOf, type PlannedGeneration, plan } from "../../../provider/core/rotation/plan";
import type { Schedule } from "../../../provider/core/rotation/schedule";

export interface Ask {
  readonly memory: Memory | undefined;
  readonly rotationTrigger: string | undefined;
  readonly facts: Facts;
}

/** What of a rotation can be broken: the provider's own functions, and the order in which an engine works. */
export interface Rules {
  /** What the check of the memory is asked. */
  ask(asked: Ask): Ask;
  plan(
    schedule: Schedule,
    instant: number,
    memory: Memory | undefined,
    clock: number,
    /** What the state had before the run. */
    before: Memory | undefined,
  ): readonly PlannedGeneration[];
  declare(name: string, generation: PlannedGeneration, instant: number): ReturnType<typeof declarationOf>;
  budget(perGeneration: number, generations: number): number;
  dates: typeof datesOf;
  deletesFirst: boolean;
  deletesAfterFailure: boolean;
}

export const RULES: Rules = {
  ask: (asked) => asked,
  plan: (schedule, instant, memory) => plan(schedule, instant, memory?.leak),
  declare: (name, generation) => declarationOf(name, generation),
  budget: (perGeneration) => perGeneration,
  dates: datesOf,
  deletesFirst: false,
  deletesAfterFailure: false,
};

const DAY_MS = 86_400_000;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const noneOf = (memory: Memory): Memory => ({ ...memory, generations: [] });

type Breach = readonly [rule: string, title: string, change: Partial<Rules>];

/** What a time zone makes of an instant where days are taken for local ones. */
const local = (hours: number): Partial<Rules> => ({
  plan: (schedule, instant, memory) => plan(schedule, instant + hours * 3_600_000, memory?.leak),
});

/** One rule of the contract broken at a time. */
export const BREACHES: readonly Breach[] = [
  [
    "1",
    "the previous key is removed on the day of the rotation",
    { plan: (...given) => RULES.plan(...given).slice(-1) },
  ],
  [
    "1",
    "the previous key is removed a day too early",
    {
      plan: (schedule, instant, ...given) =>
        RULES.plan(schedule, instant, ...given).filter(
          ({ retires }) => Math.floor(instant / DAY_MS) < retires - 1,
        ),
    },
  ],
  [
    "1",
    "a key that was handed out is removed when the clock is set back",
    {
      ask: (asked) => ({
        ...asked,
        memory: asked.memory && {
          ...asked.memory,
          generations: asked.memory.generations.map((each) => ({
            ...each,
            start: "1970-01-01",
            retiresAt: "1970-01-01",
          })),
        },
      }),
    },
  ],
  [
    "2",
    "there is no grace period: the key expires when it is retired",
    {
      declare: (name, each) => ({
        ...declarationOf(name, each),
        expiresAt: dateOf(each.retires),
      }),
    },
  ],
  [
    "2",
    "every run changes the expiry",
    {
      declare: (name, each, instant) => ({
        ...declarationOf(name, each),
        expiresAt: dateOf(Math.floor(instant / DAY_MS) + 44),
        ignoreChanges: [],
      }),
    },
  ],
  [
    "2",
    "no warning before the key expires because the pipeline is dead",
    {
      ask: (asked) => ({
        ...asked,
        memory: asked.memory && { ...asked.memory, generations: asked.memory.generations.slice(0, 0) },
      }),
    },
  ],
  ["3", "the old key is deleted before its consumers have the new one", { deletesFirst: true }],
  ["3", "a failed run deletes", { deletesAfterFailure: true }],
  ["4", "days begin at local midnight, in Los Angeles", local(-8)],
  ["4", "days begin at local midnight, in Kiritimati", local(14)],
  ["4", "days begin at local midnight, in Kathmandu", local(5.75)],
  [
    "4",
    "the update plans for its own time instead of the preview's",
    { plan: (schedule, _, memory, clock) => plan(schedule, clock, memory?.leak) },
  ],
  [
    "4",
    "generations skipped by missed runs are created",
    {
      plan: (schedule, instant, memory, clock, before) => {
        const planned = RULES.plan(schedule, instant, memory, clock, before);
        const skipped = RULES.plan(schedule, instant - 30 * DAY_MS, memory, clock, before);
        const last = before?.generations.at(-1)?.id ?? "9";
        const known = planned.map(({ id }) => id);
        return [...skipped.filter(({ id }) => id > last && !known.includes(id)), ...planned];
      },
    },
  ],
  [
    "5",
    "a wrong clock is accepted",
    { ask: (asked) => ({ ...asked, facts: { ...asked.facts, platform: asked.facts.runner } }) },
  ],
  ["6", "the budget is divided among the generations", { budget: (credits, count) => credits / count }],
  [
    "6",
    "the names do not identify a key as a generation",
    {
      declare: (name, each) => ({ ...declarationOf(name, each), logicalName: `${name}-${each.number}` }),
    },
  ],
  [
    "7",
    "a leak removes no key",
    {
      ask: (asked) => ({ ...asked, rotationTrigger: asked.memory?.rotationTrigger ?? asked.rotationTrigger }),
    },
  ],
  [
    "7",
    "a leak removes the previous key but not the current one",
    {
      plan: (schedule, instant, memory) =>
        plan(schedule, instant, memory?.leak && { ...memory.leak, id: memory.leak.start }),
    },
  ],
  [
    "7",
    "a leak removes the current key but not the previous one",
    {
      plan: (schedule, instant, memory) => {
        const planned = plan(schedule, instant, memory?.leak);
        const all = plan(schedule, instant);
        return all.length > planned.length ? [...all.slice(0, 1), ...planned] : planned;
      },
    },
  ],
  [
    "7",
    "a trigger that is set for the first time counts as a leak",
    {
      ask: (asked) => ({
        ...asked,
        memory: asked.memory && { ...asked.memory, rotationTrigger: asked.memory.rotationTrigger ?? "none" },
      }),
    },
  ],
  [
    "7",
    "a trigger that is removed counts as a leak",
    { ask: (asked) => ({ ...asked, rotationTrigger: asked.rotationTrigger ?? "none" }) },
  ],
  [
    "8",
    "the next rotation is reported a day late",
    {
      dates: (planned, schedule) => ({
        ...datesOf(planned, schedule),
        rotatesAt: dateOf((planned.at(-1)?.retires ?? 0) - schedule.overlap + 1),
      }),
    },
  ],
  [
    "9",
    "three generations exist",
    {
      plan: (schedule, instant, ...given) => {
        const older = RULES.plan(schedule, instant - 30 * DAY_MS, ...given);
        const planned = RULES.plan(schedule, instant, ...given);
        return [...older.filter(({ id }) => !planned.some((each) => each.id === id)), ...planned];
      },
    },
  ],
  [
    "9",
    "the run does not check for a free slot for the new key",
    { ask: ({ facts: { maxKeys: _, ...facts }, ...asked }) => ({ ...asked, facts }) },
  ],
  [
    "10",
    "a changed period removes the live key",
    { ask: (asked) => ({ ...asked, memory: asked.memory && noneOf(asked.memory) }) },
  ],
];
