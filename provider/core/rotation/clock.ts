import type { Problem } from "../errors";

/** How far the runner's clock may be from the platform's, in milliseconds. */
const TOLERANCE_MS = 5 * 60_000;

/** How long a fixed instant is valid, in milliseconds: a preview from Friday can be applied on Monday. */
const MAX_FIXED_AGE_MS = 3 * 24 * 60 * 60_000;

export interface Clocks {
  readonly instant: number;
  readonly isFixed: boolean;
  readonly runner: number;
  /** The `Date` header of that answer; absent if it had none. */
  readonly platform?: number | undefined;
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

function apart(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2 * 24 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** A wrong clock would end keys too early, or keep them too long. */
export function clockProblems({ instant, isFixed, runner, platform }: Clocks): Problem[] {
  if (platform === undefined) {
    const reason =
      "cannot be checked: the platform's answer has no Date header. Configure the proxy in between to pass it on";
    return [{ property: "the clock", reason }];
  }
  if (!isFixed) {
    const ahead = runner - platform;
    if (Math.abs(ahead) <= TOLERANCE_MS) return [];
    const reason = `of this machine shows ${iso(runner)}, ${apart(ahead)} ${ahead > 0 ? "ahead of" : "behind"} the platform's (${iso(platform)}): set the machine's clock, or fix the instant with aixplain:now. A difference of up to 5 minutes is allowed`;
    return [{ property: "the clock", reason }];
  }
  const ahead = instant - platform;
  const now = `is ${iso(instant)}`;
  if (ahead > TOLERANCE_MS) {
    const reason = `${now}, ${apart(ahead)} ahead of the platform's clock (${iso(platform)}): set it to a time that is not in the future, or remove it. Keys would end too early`;
    return [{ property: "aixplain:now", reason }];
  }
  if (-ahead <= MAX_FIXED_AGE_MS) return [];
  const reason = `${now}, more than 3 days behind the platform's clock (${iso(platform)}): run a new preview with a new instant, or remove it. Rotation would stand still`;
  return [{ property: "aixplain:now", reason }];
}
