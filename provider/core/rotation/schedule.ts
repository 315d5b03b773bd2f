import type { Problem } from "../errors";
import { isPlainObject, kind } from "../quote";
import { dateOf, dayOf, inDays, readDate } from "./days";

/** A changed period, from a day on. */
export interface SchedulePiece {
  /** The day on which the first generation of this piece starts: `"2027-03-01"`. */
  readonly from: string;
  /** Days from one generation to the next, from then on: a whole number, 1 or more. */
  readonly every: number;
}

/** When generations of a key start and end, in whole UTC days. */
export interface ScheduleArgs {
  /** Days from one generation to the next: a whole number, 1 or more. */
  readonly every: number;
  /** For how many days a key stays valid after the next one has started: a whole number from 1 to `every`. */
  readonly overlap: number;
  /**
   * The day on which the first generation starts: a literal such as `"2027-01-01"`, not after today. Every later start
   * is counted from it, so it never changes.
   */
  readonly anchor: string;
  /** Changed periods, appended one after the other. Default: `every` applies from the anchor on. */
  readonly schedule?: readonly SchedulePiece[] | undefined;
  /**
   * For how many days after its retirement the platform still accepts a key that no update has deleted: a whole number,
   * 0 or more. Default: the same as `overlap`.
   */
  readonly grace?: number | undefined;
}

/** One period of a schedule, with the number of its first generation. */
interface Piece {
  readonly from: number;
  readonly every: number;
  readonly first: number;
}

export interface Schedule {
  readonly pieces: readonly Piece[];
  readonly overlap: number;
  readonly grace: number;
}

/** One generation of a key by its schedule. Days are counted from 1970-01-01. */
export interface Generation {
  readonly number: number;
  readonly start: number;
  /** The day from whose midnight on the key is no longer needed. */
  readonly retires: number;
  /** The day at whose midnight the key expires, even if no update runs. */
  readonly expires: number;
}

const MAX_DAYS = 3_650;

const isDays = (value: unknown, least: number): value is number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_DAYS;

const notDays = (value: unknown, least: number): string =>
  `must be a whole number of days from ${least} to ${MAX_DAYS}; got ${kind(value)}`;

const NOT_A_DATE = 'must be a calendar date as "YYYY-MM-DD"';

const lastStartBefore = ({ from, every }: Piece, day: number): number =>
  from + Math.floor((day - 1 - from) / every) * every;

/** Adds problems to `problems`. */
function readPieces(
  { anchor, every, overlap, schedule = [] }: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Piece[] {
  const pieces: Piece[] = [];
  const add = (from: number, days: number): void => {
    const last = pieces.at(-1);
    const first = last ? last.first + Math.ceil((from - last.from) / last.every) : 0;
    pieces.push({ from, every: days, first });
  };
  const start = readDate(anchor);
  if (start === undefined) {
    const reason = `${NOT_A_DATE}, written as a literal in the program; got ${kind(anchor)}. Every start is counted from it`;
    problems.push({ property: "anchor", reason });
  }
  if (!isDays(every, 1)) problems.push({ property: "every", reason: notDays(every, 1) });
  if (start !== undefined && isDays(every, 1)) add(start, every);
  if (!Array.isArray(schedule)) {
    const reason = `must be a list of pieces { from, every }; got ${kind(schedule)}`;
    problems.push({ property: "schedule", reason });
    return pieces;
  }
  for (const [index, piece] of schedule.entries()) {
    const path = `schedule[${index}]`;
    if (!isPlainObject(piece)) {
      problems.push({ property: path, reason: `must be a piece { from, every }; got ${kind(piece)}` });
      continue;
    }
    for (const key of Object.keys(piece).filter((each) => each !== "from" && each !== "every"))
      problems.push({
        property: `${path}.${key}`,
        reason: "is not a property of a piece (known: from, every)",
      });
    const from = readDate(piece.from);
    if (from === undefined)
      problems.push({ property: `${path}.from`, reason: `${NOT_A_DATE}; got ${kind(piece.from)}` });
    if (!isDays(piece.every, 1)) {
      problems.push({ property: `${path}.every`, reason: notDays(piece.every, 1) });
    } else if (isDays(overlap, 1) && overlap > piece.every) {
      const reason = `is ${piece.every}, below overlap (${overlap}): three generations would be valid at a time`;
      problems.push({ property: `${path}.every`, reason });
    }
    const before = pieces.at(-1);
    if (from === undefined || !isDays(piece.every, 1) || before === undefined) continue;
    const problem = isDays(overlap, 1) ? misplaced(before, from, overlap) : misplaced(before, from, 0);
    if (problem !== undefined) problems.push({ property: `${path}.from`, reason: problem });
    else add(from, piece.every);
  }
  return pieces;
}

function misplaced(before: Piece, from: number, overlap: number): string | undefined {
  if (from <= before.from) {
    return `is ${dateOf(from)}, not after ${dateOf(before.from)}, the start of the previous piece: append pieces in order`;
  }
  const start = lastStartBefore(before, from);
  if (from - start >= overlap) return undefined;
  return `is ${dateOf(from)}, ${inDays(from - start)} after the generation of ${dateOf(start)} and within the overlap (${overlap}): three generations would be valid at a time. Choose ${start > before.from ? `${dateOf(start)} or ` : ""}${dateOf(start + overlap)}`;
}

export type ScheduleReading =
  | { readonly ok: true; readonly schedule: Schedule }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function readSchedule(args: Readonly<Record<string, unknown>>): ScheduleReading {
  const problems: Problem[] = [];
  const { every, overlap, grace = overlap } = args;
  const pieces = readPieces(args, problems);
  if (!isDays(overlap, 1)) problems.push({ property: "overlap", reason: notDays(overlap, 1) });
  else if (isDays(every, 1) && overlap > every) {
    const reason = `is ${overlap}, above every (${every}): three generations would be valid at a time. Choose at most ${every}`;
    problems.push({ property: "overlap", reason });
  }
  if (args.grace !== undefined && !isDays(grace, 0))
    problems.push({ property: "grace", reason: notDays(grace, 0) });
  if (problems.length > 0 || !isDays(overlap, 1) || !isDays(grace, 0)) return { ok: false, problems };
  return { ok: true, schedule: { pieces, overlap, grace } };
}

function startOf({ pieces }: Schedule, number: number): number {
  const piece = pieces.filter(({ first }) => first <= number).at(-1);
  return piece ? piece.from + (number - piece.first) * piece.every : Number.POSITIVE_INFINITY;
}

/** A generation by its number, 0 or more: start(g), retire(g) = start(g+1) + overlap, and retire(g) + grace. */
export function generation(schedule: Schedule, number: number): Generation {
  const retires = startOf(schedule, number + 1) + schedule.overlap;
  return { number, start: startOf(schedule, number), retires, expires: retires + schedule.grace };
}

/** The generation that is current on a day; `undefined` before the anchor. */
export function currentOn(schedule: Schedule, day: number): Generation | undefined {
  const piece = schedule.pieces.filter(({ from }) => from <= day).at(-1);
  return piece && generation(schedule, piece.first + Math.floor((day - piece.from) / piece.every));
}

/** Every generation with start <= instant < retire, the current one last: one or two, none before the anchor. */
export function liveAt(schedule: Schedule, instant: number): readonly Generation[] {
  const day = dayOf(instant);
  const current = currentOn(schedule, day);
  if (current === undefined) return [];
  const before = current.number > 0 ? [generation(schedule, current.number - 1)] : [];
  return [...before.filter(({ retires }) => day < retires), current];
}
