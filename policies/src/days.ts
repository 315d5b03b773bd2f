const DAY = 24 * 60 * 60 * 1000;

/** The current instant, in milliseconds since 1970. */
export type Now = () => number;

/** Whole UTC days from today to a date ("YYYY-MM-DD"); negative for a past date. */
export const daysUntil = (date: string, now: Now): number =>
  Math.round(Date.parse(`${date}T00:00:00Z`) / DAY) - Math.floor(now() / DAY);

export const dateIn = (days: number, now: Now): string =>
  new Date((Math.floor(now() / DAY) + days) * DAY).toISOString().slice(0, 10);
