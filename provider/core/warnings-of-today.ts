import type { ApiKeyDeclaration, Limits, PreviewInputs } from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { LIMIT_PROPERTIES } from "./properties";
import { show } from "./quote";
import { isUnknown } from "./unknown";
import type { ApiKeyUsage, ScopeUsage } from "./usage";
import type { Warning } from "./warning";

/** Warnings that depend on the day and on what was used in it. */

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long before its end a key is told to expire, in days. */
const SOON_DAYS = 14;

/** Of a key that expires within 14 days from now (milliseconds since 1970), and has not expired yet. */
export function expiresSoon(expiresAt: unknown, now: number): readonly Warning[] {
  if (typeof expiresAt !== "string" || isUnknown(expiresAt)) return [];
  const ms = Date.parse(expiresAt) - now;
  if (!(ms > 0 && ms <= SOON_DAYS * DAY_MS)) return [];
  const days = Math.ceil(ms / DAY_MS);
  const reason = `is ${show(expiresAt)}, in ${days === 1 ? "1 day" : `${days} days`}: from then on the key is refused. Set a later date, or let the key end`;
  return [{ id: "expires-soon", property: "expiresAt", reason }];
}

/** The names of the limits of the day: of others no usage is told. */
const DAY_LIMITS = Object.entries(LIMIT_PROPERTIES).flatMap(([name, property]) =>
  property.kind === "count" && property.per === "day"
    ? [{ name: name as "tokensPerDay" | "requestsPerDay", counts: property.counts as keyof ScopeUsage }]
    : [],
);

/** Whether the path of a change is that of a limit of the day. */
export const isDayLimit = (path: string): boolean => DAY_LIMITS.some(({ name }) => path.endsWith(`.${name}`));

interface Scope {
  readonly path: string;
  readonly limits: Limits;
  readonly usage: ScopeUsage;
}

type Declared = Pick<PreviewInputs | ApiKeyDeclaration, "globalLimits" | "assetLimits">;

function scopesOf({ globalLimits, assetLimits }: Declared, usage: ApiKeyUsage, ids: ModelIds): Scope[] {
  const scopes: Scope[] = [];
  if (globalLimits !== undefined && !isUnknown(globalLimits) && usage.total) {
    scopes.push({ path: "globalLimits", limits: globalLimits as Limits, usage: usage.total });
  }
  for (const entry of assetLimits === undefined || isUnknown(assetLimits) ? [] : assetLimits) {
    if (isUnknown(entry) || isUnknown(entry.model)) continue;
    const id = modelId(entry.model, ids);
    const used = usage.models[id];
    if (used) scopes.push({ path: `assetLimits["${id}"]`, limits: entry as Limits, usage: used });
  }
  return scopes;
}

/**
 * Limits of the day beside what is used of them. `changed` has the paths of the limits that the update changes;
 * `percent` is the threshold.
 */
export function useWarnings(
  declared: Declared,
  usage: ApiKeyUsage,
  ids: ModelIds,
  changed: ReadonlySet<string>,
  percent: number,
): readonly Warning[] {
  return scopesOf(declared, usage, ids).flatMap(({ path, limits, usage: scope }) =>
    DAY_LIMITS.flatMap(({ name, counts }): Warning[] => {
      const limit = limits[name];
      const { used } = scope[counts];
      const property = `${path}.${name}`;
      // What was counted until now is another kind of tokens.
      const isOther = counts === "tokens" && changed.has(`${path}.tokenType`);
      if (typeof limit !== "number" || isOther) return [];
      if (changed.has(property) && used > limit) {
        const reason = `is ${limit}, below what is used today (${used} ${counts} since midnight UTC). It takes effect from the next UTC day, and would cut off a day like this one: raise it, or use less`;
        return [{ id: "limit-below-use", property, reason }];
      }
      if (limit === 0 || used * 100 < percent * limit) return [];
      const share = Math.floor((used * 1000) / limit) / 10;
      const reason = `is ${limit}, of which ${used} ${counts} (${share} %) are used today: above it the key is refused until midnight UTC. Raise it, or see what uses the key`;
      return [{ id: "use-above-threshold", property, reason }];
    }),
  );
}
