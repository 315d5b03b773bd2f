import type { Limits, LiveKey } from "../core/model";
import { LIMIT_PROPERTIES } from "../core/properties";
import { type ApiKeyUsage, usedToday } from "../core/usage";

function limitsText(limits: Limits | undefined): string {
  const names = Object.keys(LIMIT_PROPERTIES) as (keyof typeof LIMIT_PROPERTIES)[];
  const set = names.flatMap((name) => (limits?.[name] === undefined ? [] : [`${name} ${limits[name]}`]));
  return set.join(", ") || "none";
}

export const describeKey = (key: LiveKey): string[] => [
  `The key ${JSON.stringify(key.name)} (${key.id})`,
  `  access key    ${key.accessKeyHint}`,
  `  budget        ${key.budget === undefined ? "none" : `${key.budget} credits`}`,
  `  expires       ${key.suspended ? "suspended: the platform refuses it" : (key.expiresAt ?? "never")}`,
  `  limits        ${limitsText(key.globalLimits)}`,
  ...(key.assetLimits ?? []).map((each) => `  limits of ${each.model}: ${limitsText(each)}`),
];

export function describeUse(usage: ApiKeyUsage): string {
  if (usage.total === undefined) {
    return `  WARNING: today's usage could not be read (${usage.unavailable ?? "no answer"}). Somebody may depend on the key.`;
  }
  const { requests, tokens } = usedToday(usage);
  const used = `${requests} requests, ${tokens} tokens`;
  if (requests === 0 && tokens === 0) return "  used today    no (since midnight UTC)";
  return `  WARNING: THIS KEY WAS USED TODAY (${used} since midnight UTC). Somebody depends on the key.`;
}
