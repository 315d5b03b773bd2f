import { type ApiKeyUsage, nextMidnight, type ScopeUsage, usageReading } from "../core/usage";
import type { WireUsageRows } from "./wire";

export function usageOf(rows: WireUsageRows, now: number): ApiKeyUsage {
  const resetsAt = nextMidnight(now);
  const scope = (row: WireUsageRows[number] | undefined): ScopeUsage => ({
    requests: usageReading(row?.requestCount, row?.requestCountLimit, resetsAt),
    tokens: usageReading(row?.tokenCount, row?.tokenCountLimit, resetsAt),
  });
  const models = rows.flatMap((row) => (row.assetId ? [[row.assetId, scope(row)] as const] : []));
  return { total: scope(rows.find((row) => !row.assetId)), models: Object.fromEntries(models) };
}
