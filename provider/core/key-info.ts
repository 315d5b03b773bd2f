import type { ApiKeyDeclaration, LiveKey } from "./model";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { mapProperties } from "./property";
import type { ApiKeyUsage, UsageReading } from "./usage";

/** The properties of a key that may be shown. */
export const infoOf = (live: LiveKey): LiveKey =>
  present<LiveKey>({
    ...(mapProperties(PROPERTIES, (_, name) => live[name as keyof LiveKey]) as Partial<LiveKey>),
    id: live.id,
    name: live.name,
    accessKeyHint: live.accessKeyHint,
    isAdmin: live.isAdmin,
  });

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether a key expires within `days` from `now` (milliseconds since 1970) and has not expired yet. */
export function expiresWithin({ expiresAt }: Pick<LiveKey, "expiresAt">, days: number, now: number): boolean {
  if (expiresAt === undefined) return false;
  const ms = Date.parse(expiresAt) - now;
  return ms > 0 && ms <= days * DAY_MS;
}

/** Whether the key has a daily limit. The platform reports usage for daily limits only. */
export const hasDayLimit = ({ globalLimits, assetLimits = [] }: ApiKeyDeclaration): boolean =>
  [globalLimits, ...assetLimits].some((scope) =>
    [scope?.tokensPerDay, scope?.requestsPerDay].some((limit) => limit !== undefined),
  );

const isAbove = ({ used, limit }: UsageReading, percent: number): boolean =>
  limit !== undefined && limit > 0 && used * 100 > percent * limit;

export const usedAbove = ({ total, models }: ApiKeyUsage, percent: number): boolean =>
  [...(total ? [total] : []), ...Object.values(models)].some(
    ({ requests, tokens }) => isAbove(requests, percent) || isAbove(tokens, percent),
  );
