import type { ApiKeyDeclaration, Limits, PreviewInputs } from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { LIMIT_PROPERTIES } from "./properties";
import { show } from "./quote";
import { isUnknown } from "./unknown";
import type { ApiKeyUsage, ScopeUsage } from "./usage";
import type { Warning } from "./warning";

const DAY_MS = 24 * 60 * 60 * 1000;

const SOON_DAYS = 14;

/** Warns of a key that expires soon and has not expired yet. `now` is in milliseconds since 1970. */
export function expiresSoon(expiresAt: unknown, now: number): readonly Warning[] {
  if (typeof expiresAt !== "string" || isUnknown(expiresAt)) return [];
  const ms = Date.parse(expiresAt) - now;
  if (!(ms > 0 && ms <= SOON_DAYS * DAY_MS)) return [];
  const days = Math.ceil(ms / DAY_MS);
  const reason = `is ${show(expiresAt)}, in ${days === 1 ? "1 day" : `${days} days`}: set a later date, or let the key expire. The platform refuses an expired key`;
  return [{ id: "expires-soon", property: "expiresAt", reason }];
}

/** The platform reports no usage for other limits. */
const DAY_LIMITS = Object.entries(LIMIT_PROPERTIES).flatMap(([name, property]) =>
  property.kind === "count" && property.per === "day"
    ? [{ name: name as "tokensPerDay" | "requestsPerDay", counts: property.counts as keyof ScopeUsage }]
    : [],
);

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
 * Compares daily limits with their usage. `changed` has the paths of the limits that the update changes; `percent` is
 * the threshold.
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
      // The usage until now counts another kind of tokens.
      const isOther = counts === "tokens" && changed.has(`${path}.tokenType`);
      if (typeof limit !== "number" || isOther) return [];
      if (changed.has(property) && used > limit) {
        const reason = `is ${limit}, below today's usage (${used} ${counts} since midnight UTC): raise it, or use less. It takes effect from the next UTC day`;
        return [{ id: "limit-below-use", property, reason }];
      }
      if (limit === 0 || used * 100 < percent * limit) return [];
      const share = Math.floor((used * 1000) / limit) / 10;
      const reason = `is ${limit}, of which ${used} ${counts} (${share} %) are used today: raise it, or check what uses the key. Above the limit the platform refuses the key until midnight UTC`;
      return [{ id: "use-above-threshold", property, reason }];
    }),
  );
}
