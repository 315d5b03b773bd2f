import { dateOf, dayOf, readDate } from "./days";
import { type Generation, liveAt, type Schedule } from "./schedule";

/** A leak starts a second key for the current generation. */
export interface Leak {
  /** The start of that generation by the schedule. */
  readonly start: string;
  /** The id of that key. */
  readonly id: string;
}

/** A generation that the program declares. */
export interface PlannedGeneration extends Generation {
  /** The date of its start, or of the leak that started the key. */
  readonly id: string;
}

/** The generations that a program declares at an instant, the current one last. */
export function plan(schedule: Schedule, instant: number, leak?: Leak): readonly PlannedGeneration[] {
  const since = readDate(leak?.start) ?? Number.NEGATIVE_INFINITY;
  const live = liveAt(schedule, instant);
  return live
    .filter((each, index) => each.start >= since || index === live.length - 1)
    .map((each) => ({ ...each, id: each.start === since && leak ? leak.id : dateOf(each.start) }));
}

/** The place of an id among those of its day: 1 for `2027-01-01`, 2 for `2027-01-01.2`. */
const place = (id: string): number => Number(/\.(\d+)$/.exec(id)?.[1] ?? 1);

/** The leak at an instant, which ends all earlier keys. `taken` has the ids of earlier keys. */
export function leakAt(schedule: Schedule, instant: number, taken: readonly string[]): Leak | undefined {
  const current = liveAt(schedule, instant).at(-1);
  if (current === undefined) return undefined;
  const start = dateOf(current.start);
  const day = dateOf(dayOf(instant));
  const before = [start, ...taken].filter((id) => id === day || id.startsWith(`${day}.`)).map(place);
  return { start, id: before.length === 0 ? day : `${day}.${Math.max(...before) + 1}` };
}

/** The logical name of the key of a generation. Its automatic name on the platform begins like this. */
export const childName = (name: string, id: string): string => `${name}-generation-${id}`;

export const isChildName = (name: string): boolean => /-generation-\d{4}-\d{2}-\d{2}$/.test(name);

/** The declaration of a generation, besides the common limits. */
export function declarationOf(name: string, { id, expires }: PlannedGeneration) {
  return {
    logicalName: childName(name, id),
    expiresAt: dateOf(expires),
    // A later run must not move the end that was promised.
    ignoreChanges: ["expiresAt"],
  };
}

export function datesOf(planned: readonly PlannedGeneration[], { overlap }: Schedule) {
  const [current, previous] = [...planned].reverse();
  return {
    generation: current?.id ?? "",
    rotatesAt: current ? dateOf(current.retires - overlap) : "",
    previousRetiresAt: previous && dateOf(previous.retires),
  };
}
