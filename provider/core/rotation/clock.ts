import type { Problem } from "../errors";

/** How far the runner's clock may be from the platform's, in milliseconds. */
const TOLERANCE_MS = 5 * 60_000;

/** For how long a fixed instant holds, in milliseconds: a preview of a Friday can be applied on Monday. */
const MAX_FIXED_AGE_MS = 3 * 24 * 60 * 60_000;

/** What a run knows of the time, in milliseconds since 1970. */
export interface Clocks {
  /** The instant that the plan is made for. */
  readonly instant: number;
  /** Whether the person fixed it, with `aixplain:now`. */
  readonly isFixed: boolean;
  /** The clock of the runner when the platform answered. */
  readonly runner: number;
  /** The `Date` of that answer; absent where it had none. */
  readonly platform?: number | undefined;
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

function apart(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2 * 24 * 60 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** Why no plan can be made at this time: a wrong clock would end keys too early, or keep them too long. */
export function clockProblems({ instant, isFixed, runner, platform }: Clocks): Problem[] {
  if (platform === undefined) {
    const reason =
      "cannot be checked: the platform's answer has no Date header. Ask whoever runs the proxy in between to let it pass";
    return [{ property: "the clock", reason }];
  }
  if (!isFixed) {
    const ahead = runner - platform;
    if (Math.abs(ahead) <= TOLERANCE_MS) return [];
    const reason = `of this machine shows ${iso(runner)}, ${apart(ahead)} ${ahead > 0 ? "ahead of" : "behind"} the platform's (${iso(platform)}), and 5 minutes are allowed: set the machine's clock, or fix the instant with aixplain:now`;
    return [{ property: "the clock", reason }];
  }
  const ahead = instant - platform;
  const now = `is ${iso(instant)}`;
  if (ahead > TOLERANCE_MS) {
    const reason = `${now}, ${apart(ahead)} ahead of the platform's clock (${iso(platform)}): keys would end before their time. Set it to a time that has come, or remove it`;
    return [{ property: "aixplain:now", reason }];
  }
  if (-ahead <= MAX_FIXED_AGE_MS) return [];
  const reason = `${now}, more than 3 days behind the platform's clock (${iso(platform)}): rotation would stand still. Run a new preview with a new instant, or remove it`;
  return [{ property: "aixplain:now", reason }];
}
