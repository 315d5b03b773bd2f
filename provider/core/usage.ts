/** The usage of one limit in the current UTC day. */
export interface UsageReading {
  readonly used: number;
  /** The limit in force, absent if there is none. A changed limit takes effect from the next UTC day. */
  readonly limit?: number;
  /** The rest of the limit, 0 or more; absent if there is no limit. */
  readonly remaining?: number;
  /** `used` as a percentage of `limit`, with one decimal; absent if there is no limit or it is 0. */
  readonly percent?: number;
  /** The next midnight UTC as an ISO 8601 instant, when `used` starts from 0 again. */
  readonly resetsAt: string;
}

/** Usage of one scope: the whole key, or one model. */
export interface ScopeUsage {
  readonly requests: UsageReading;
  readonly tokens: UsageReading;
}

/** The usage of a key in the current UTC day. */
export interface ApiKeyUsage {
  /** The whole key; absent if the reading failed. */
  readonly total?: ScopeUsage;
  /** By model id: every model that the key limits or has used. */
  readonly models: Readonly<Record<string, ScopeUsage>>;
  /** Why the reading failed, if it did. The update continues. */
  readonly unavailable?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export const nextMidnight = (now: number): string =>
  new Date((Math.floor(now / DAY_MS) + 1) * DAY_MS).toISOString();

/** 100 only when nothing is left: 9,999 of 10,000 is 99.9. */
const percentage = (count: number, limit: number): number =>
  Math.min(Math.round((count / limit) * 1000) / 10, count < limit ? 99.9 : Number.POSITIVE_INFINITY);

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

/** The usage of a key today. The total may be absent, so the models count as well. */
export function usedToday({ total, models }: ApiKeyUsage): {
  readonly requests: number;
  readonly tokens: number;
} {
  const scopes = [...(total ? [total] : []), ...Object.values(models)];
  const most = (of: keyof ScopeUsage): number => Math.max(0, ...scopes.map((scope) => scope[of].used));
  return { requests: most("requests"), tokens: most("tokens") };
}
