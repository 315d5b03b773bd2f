import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import { isPlainObject, kind, show } from "./quote";

/** Every warning by its id, with a general text that is also shown instead of a secret value. */
export const WARNINGS = {
  "limit-below-use": "a changed daily limit is below today's usage",
  "use-above-threshold": "most of a daily limit is used",
  "expires-soon": "the key expires within 14 days",
  "limit-never-reached": "a limit has no effect, because another one is always reached first",
  "token-type-without-effect": "a token type is set without a token limit",
  zero: "a value is 0, whose meaning the platform does not document",
  "unknown-model": "a limit is for a model that the platform no longer knows",
  "plain-access-key": "a stack output contains an access key and is not secret",
} as const;

export type WarningId = keyof typeof WARNINGS;

export const WARNING_LEVELS = ["off", "warn", "error"] as const;

/** `off`: not reported. `warn`: reported. `error`: fails the preview and the update. */
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** A probable mistake, or a problem that is about to occur. */
export interface Warning extends Problem {
  readonly id: WarningId;
}

export type WarningLevels = Readonly<Record<WarningId, WarningLevel>>;

export interface WarningSettings {
  readonly levels: WarningLevels;
  /** The percentage of a daily limit from which its usage is reported. */
  readonly usePercent: number;
  readonly unchangedKeys: boolean;
}

const IDS = Object.keys(WARNINGS) as WarningId[];

const everyLevel = (level: WarningLevel): Record<WarningId, WarningLevel> =>
  Object.fromEntries(IDS.map((id) => [id, level])) as Record<WarningId, WarningLevel>;

export const DEFAULT_WARNINGS: WarningSettings = {
  levels: everyLevel("warn"),
  usePercent: 80,
  unchangedKeys: false,
};

const EXAMPLE = '{"limit-below-use": "off"}';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function readLevels(name: string, text: string | undefined, problems: string[]): WarningLevels {
  const levels = everyLevel("warn");
  if (text === undefined) return levels;
  const given = parsed(text);
  if (!isPlainObject(given)) {
    problems.push(`${name} is ${kind(given)}: write an object in JSON such as ${EXAMPLE}`);
    return levels;
  }
  for (const [id, level] of Object.entries(given)) {
    const known = IDS.find((each) => each === id);
    const word = WARNING_LEVELS.find((each) => each === level);
    if (known === undefined) {
      problems.push(
        `${name} names ${show(id)}, which is not a warning${didYouMean(nearest(id, IDS))} (known: ${IDS.join(", ")})`,
      );
    }
    if (word === undefined) {
      problems.push(
        `${name} has ${kind(level)} for ${show(id)}: write one of ${WARNING_LEVELS.map(show).join(", ")}`,
      );
    }
    if (known !== undefined && word !== undefined) levels[known] = word;
  }
  return levels;
}

export function readUsePercent(name: string, text: string | undefined, problems: string[]): number {
  if (text === undefined) return DEFAULT_WARNINGS.usePercent;
  const percent = Number(text);
  if (percent > 0 && percent <= 100) return percent;
  problems.push(`${name} is ${JSON.stringify(text)}: write a percentage above 0, up to 100, such as 80`);
  return DEFAULT_WARNINGS.usePercent;
}
