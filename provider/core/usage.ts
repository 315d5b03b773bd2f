/** How much of one limit is used in the current UTC day. */
export interface UsageReading {
  /** What was used since `resetsAt` minus one day. */
  readonly used: number;
  /** The limit in force, absent where there is none. A changed limit takes effect from the next UTC day. */
  readonly limit?: number;
  /** What is left of the limit, never below 0; absent where there is no limit. */
  readonly remaining?: number;
  /** `used` as a percentage of `limit`, with one decimal; absent where there is no limit or the limit is 0. */
  readonly percent?: number;
  /** When the window ends and `used` starts from 0 again: the next midnight UTC, as an ISO 8601 instant. */
  readonly resetsAt: string;
}

/** Usage of one scope: a key as a whole, or one model. */
export interface ScopeUsage {
  readonly requests: UsageReading;
  readonly tokens: UsageReading;
}

/** The usage of a key at the moment it was read, in the current UTC day. */
export interface ApiKeyUsage {
  /** The key as a whole; absent where the reading failed. */
  readonly total?: ScopeUsage;
  /** By model id: every model that the key limits or has used. */
  readonly models: Readonly<Record<string, ScopeUsage>>;
  /** Why there is no reading, where it failed; the update itself goes on. */
  readonly unavailable?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The end of the UTC day that holds `now`, as an ISO 8601 instant. */
export const nextMidnight = (now: number): string =>
  new Date((Math.floor(now / DAY_MS) + 1) * DAY_MS).toISOString();

/** Rounded, but 100 only where nothing is left: 9,999 of 10,000 is 99.9. */
const percentage = (count: number, limit: number): number =>
  Math.min(Math.round((count / limit) * 1000) / 10, count < limit ? 99.9 : Number.POSITIVE_INFINITY);

/** A reading of one counter; an absent count is 0. */
export function usageReading(
  used: number | null | undefined,
  limit: number | null | undefined,
  resetsAt: string,
): UsageReading {
  const count = used ?? 0;
  if (limit === null || limit === undefined) return { used: count, resetsAt };
  return {
    used: count,
    limit,
    remaining: Math.max(0, limit - count),
    ...(limit > 0 ? { percent: percentage(count, limit) } : {}),
    resetsAt,
  };
}

/** What a key was used for in the current UTC day. A counter of the key as a whole may not be kept; those of its models are. */
export function usedToday({ total, models }: ApiKeyUsage): {
  readonly requests: number;
  readonly tokens: number;
} {
  const scopes = [...(total ? [total] : []), ...Object.values(models)];
  const most = (of: keyof ScopeUsage): number => Math.max(0, ...scopes.map((scope) => scope[of].used));
  return { requests: most("requests"), tokens: most("tokens") };
}
