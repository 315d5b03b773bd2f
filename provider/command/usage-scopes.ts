import type { UsageReading as Counter } from "../core/usage";
import type { KeyUsage, UsageReading } from "./usage-reading";

/** One counter of a key: requests or tokens, of the whole key or of one model. */
export interface Scope {
  readonly model: string | undefined;
  readonly counts: "requests" | "tokens";
  readonly counter: Counter;
}

export function scopesOf({ usage }: KeyUsage, { modelPaths }: UsageReading): readonly Scope[] {
  const scopes = [
    ...(usage.total ? [{ model: undefined, ...usage.total }] : []),
    ...Object.entries(usage.models).map(([id, scope]) => ({ model: modelPaths.get(id) ?? id, ...scope })),
  ];
  return scopes.flatMap(({ model, requests, tokens }) => [
    { model, counts: "requests" as const, counter: requests },
    { model, counts: "tokens" as const, counter: tokens },
  ]);
}

const number = (value: number): string => value.toLocaleString("en-US");

/** `60 of 100 (60%)`, or `60, no limit`. */
export function figure({ used, limit, percent }: Counter): string {
  if (limit === undefined) return `${number(used)}, no limit`;
  const share = percent === undefined ? "" : ` (${percent}%)`;
  return `${number(used)} of ${number(limit)}${share}${used >= limit ? ", limit reached" : ""}`;
}

/** The used fraction of a limit, from 0 to 1; 1 for a limit of 0, `undefined` without a limit. */
export function fraction({ used, limit }: Counter): number | undefined {
  if (limit === undefined) return undefined;
  return limit === 0 ? 1 : Math.min(1, used / limit);
}
