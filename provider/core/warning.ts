import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import { isPlainObject, kind, show } from "./quote";

/** Every warning by its id, with what it says in general: also the text where a value is a secret. */
export const WARNINGS = {
  "limit-below-use": "a changed limit of the day is below what the key has used today",
  "use-above-threshold": "most of a limit of the day is used",
  "expires-soon": "the key expires within 14 days",
  "limit-never-reached": "a limit never matters, because another one is always reached first",
  "token-type-without-effect": "a token type stands where no limit of tokens is set",
  zero: "a value is 0, of which the platform documents no meaning",
  "unknown-model": "a limit is for a model that the platform does not know any more",
  "plain-access-key": "a stack output holds an access key and is not secret",
} as const;

export type WarningId = keyof typeof WARNINGS;

export const WARNING_LEVELS = ["off", "warn", "error"] as const;

/** `off`: not told. `warn`: told. `error`: fails the preview and the update. */
export type WarningLevel = (typeof WARNING_LEVELS)[number];

/** Something that can be done but hardly be meant, or that is about to go wrong. */
export interface Warning extends Problem {
  readonly id: WarningId;
}

export type WarningLevels = Readonly<Record<WarningId, WarningLevel>>;

/** What is told, and what is read for it. */
export interface WarningSettings {
  readonly levels: WarningLevels;
  /** From how much of a limit of the day on its use is told, in percent. */
  readonly usePercent: number;
  /** Whether usage and models are read of keys that do not change, too. */
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
    // Told by its kind: text.
    return text;
  }
}

/** The levels that a setting gives, the others at `warn`; `problems` gets everything that is wrong with it. */
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
        `${name} names ${show(id)}, which is no warning${didYouMean(nearest(id, IDS))} (known: ${IDS.join(", ")})`,
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

/** A percentage above 0, up to 100; `problems` gets what is wrong with it. */
export function readUsePercent(name: string, text: string | undefined, problems: string[]): number {
  if (text === undefined) return DEFAULT_WARNINGS.usePercent;
  const percent = Number(text);
  if (percent > 0 && percent <= 100) return percent;
  problems.push(`${name} is ${JSON.stringify(text)}: write a percentage above 0, up to 100, such as 80`);
  return DEFAULT_WARNINGS.usePercent;
}
