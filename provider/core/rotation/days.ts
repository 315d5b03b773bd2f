import { readExpiry } from "../expiry";

const DAY_MS = 24 * 60 * 60 * 1000;

/** The UTC day that holds an instant in milliseconds since 1970. */
export const dayOf = (instant: number): number => Math.floor(instant / DAY_MS);

export const startOfDay = (day: number): number => day * DAY_MS;

/** `YYYY-MM-DD` */
export const dateOf = (day: number): string => new Date(startOfDay(day)).toISOString().slice(0, 10);

/** The day of a `YYYY-MM-DD` that the calendar has; `undefined` for anything else. */
export function readDate(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const reading = readExpiry(value);
  return reading.ok ? dayOf(reading.ms) : undefined;
}

export const inDays = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;
