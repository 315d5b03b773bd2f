import type { UsageReading } from "./usage-reading";
import { figure, fraction, scopesOf } from "./usage-scopes";

const WIDTH = 20;

function bar(share: number | undefined): string {
  if (share === undefined) return " ".repeat(WIDTH);
  const filled = share === 1 ? WIDTH : Math.min(WIDTH - 1, Math.ceil(share * WIDTH));
  return "█".repeat(filled) + "░".repeat(WIDTH - filled);
}

export function usageLines(reading: UsageReading): string[] {
  const { keys, host, readAt } = reading;
  const keyLines = keys.flatMap((each) => [
    `${each.key.name}  (${each.key.id}, ${each.key.accessKeyHint})`,
    ...(each.usage.unavailable === undefined ? [] : [`  could not be read: ${each.usage.unavailable}`]),
    ...scopesOf(each, reading).map(({ model, counts, counter }) => {
      const of = model === undefined ? "" : `  ${model}`;
      return `  ${counts.padEnd(8)}  ${bar(fraction(counter))}  ${figure(counter)}${of}`;
    }),
  ]);
  const at = new Date(readAt).toISOString().slice(0, 19).replace("T", " ");
  return [
    `Usage since midnight UTC at ${host}, read at ${at} UTC`,
    ...(keys.length === 0 ? ["The account has no keys besides admin keys."] : keyLines),
  ];
}
