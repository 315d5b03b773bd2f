import type { Limits, LiveKey } from "../core/model";
import { LIMIT_PROPERTIES } from "../core/properties";
import type { ApiKeyUsage } from "../core/usage";

function limitsText(limits: Limits | undefined): string {
  const values: Readonly<Record<string, unknown>> = { ...limits };
  const set = Object.keys(LIMIT_PROPERTIES).filter((name) => values[name] !== undefined);
  return set.map((name) => `${name} ${values[name]}`).join(", ") || "none";
}

/** A key for somebody who has to recognise it. */
export const describeKey = (key: LiveKey): string[] => [
  `The key ${JSON.stringify(key.name)} (${key.id})`,
  `  access key    ${key.accessKeyHint}`,
  `  budget        ${key.budget === undefined ? "none" : `${key.budget} credits`}`,
  `  expires       ${key.expiresAt ?? "never"}`,
  `  limits        ${limitsText(key.globalLimits)}`,
  ...(key.assetLimits ?? []).map((each) => `  limits of ${each.model}: ${limitsText(each)}`),
];

/** What a key was used for in the current UTC day; loud where it was, for then somebody depends on it. */
export function describeUse({ total, models, unavailable }: ApiKeyUsage): string {
  if (total === undefined) {
    return `  WARNING: its use today could not be read (${unavailable ?? "no answer"}). Somebody may depend on it.`;
  }
  // A counter of the key as a whole may not be kept; those of its models are.
  const scopes = [total, ...Object.values(models)];
  const requests = Math.max(...scopes.map((scope) => scope.requests.used));
  const tokens = Math.max(...scopes.map((scope) => scope.tokens.used));
  const used = `${requests} requests, ${tokens} tokens`;
  if (requests === 0 && tokens === 0) return "  used today    no (since midnight UTC)";
  return `  WARNING: THIS KEY WAS USED TODAY (${used} since midnight UTC). Somebody depends on it.`;
}
