/** The contract's dates, worked out day by day and without a line of the provider. */

const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

export const day = (date: string): number => Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
export const date = (which: number): string => new Date(which * DAY_MS).toISOString().slice(0, 10);
export const midnight = (which: number): number => which * DAY_MS;

export interface Declared {
  readonly anchor: string;
  readonly every: number;
  readonly overlap: number;
  readonly schedule?: readonly { readonly from: string; readonly every: number }[];
}

/** Every start from the anchor to a day, and the next one. */
function starts({ anchor, every, schedule = [] }: Declared, until: number): number[] {
  const found = [day(anchor)];
  let left = every;
  let period = every;
  for (let each = day(anchor) + 1; found.length < 2 || (found.at(-2) ?? 0) <= until; each += 1) {
    left -= 1;
    const piece = schedule.find(({ from }) => day(from) === each);
    if (piece) period = piece.every;
    if (left > 0 && !piece) continue;
    found.push(each);
    left = period;
  }
  return found;
}

export interface Expected {
  readonly start: string;
  readonly retires: string;
}

/** What lives on a day, the current one last. */
export function expectedOn(declared: Declared, today: number): Expected[] {
  const all = starts(declared, today + 1);
  return all.flatMap((start, index) => {
    const next = all[index + 1];
    if (next === undefined || start > today || today >= next + declared.overlap) return [];
    return [{ start: date(start), retires: date(next + declared.overlap) }];
  });
}
