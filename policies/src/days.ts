const DAY = 24 * 60 * 60 * 1000;

/** The instant now, in milliseconds since 1970. */
export type Now = () => number;

/** Whole UTC days from today to a date ("YYYY-MM-DD"); below 0 where it has passed. */
export const daysUntil = (date: string, now: Now): number =>
  Math.round(Date.parse(`${date}T00:00:00Z`) / DAY) - Math.floor(now() / DAY);

/** The date so many UTC days from today. */
export const dateIn = (days: number, now: Now): string =>
  new Date((Math.floor(now() / DAY) + days) * DAY).toISOString().slice(0, 10);
