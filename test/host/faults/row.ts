import type { Fault } from "../../../emulator/src/index";
import type { Verb } from "../../harness/front-door";
import type { Declaration } from "../../harness/stack";
import { MINI, type RunSettings, type Stage } from "../../harness/stage";

/** What is on the server afterwards, besides the account's own admin key. */
export type Left =
  | "nothing"
  | "the key as declared"
  | "the key as it was"
  | "the key without what was ignored; the next update repairs it"
  | "the key, named in the message"
  | "the key; the next run names it"
  | "the other key, untouched";

/** What a person sees of it: nothing, or words that tell what to do next. */
type Seen =
  | {
      readonly sees: string;
      readonly next: string;
      readonly tells?: undefined;
    }
  | {
      /** What is said at the terminal where the operation succeeds. */
      readonly tells: string;
      readonly next: string;
      readonly sees?: undefined;
    }
  | { readonly sees?: undefined; readonly tells?: undefined; readonly next?: undefined };

/** One thing that goes wrong between the provider and the platform, and all that has to follow from it. */
export type FaultRow = Seen & Circumstances;

interface Circumstances {
  readonly verb: Verb;
  readonly fault: string;
  readonly faults?: (stage: Stage) => readonly Fault[];
  readonly settings?: (stage: Stage) => RunSettings;
  /** Something else that happens on the platform before the operation begins. */
  readonly meanwhile?: (stage: Stage) => void;
  /** The key has a name that the program gives; without, it is named automatically. */
  readonly name?: string;
  /** What the program declares, where it is not {@link AFTER}. */
  readonly declaration?: Declaration;
  /** The time-out of a call is set to 0.6 seconds, so that nobody waits for it. */
  readonly hurried?: boolean;
  /** Only the host's own process has it: settings, sockets, time-outs. */
  readonly hostOnly?: boolean;
  readonly left: Left;
  readonly calls?: Readonly<Record<string, number>>;
}

const LIMITS = {
  globalLimits: { requestsPerDay: 5 },
  assetLimits: [{ model: MINI.path, tokensPerMinute: 3 }],
};

/** The declaration under which the key was created, for the verbs that need one. */
export const BEFORE: Declaration = { ...LIMITS, budget: 1000 };
export const AFTER: Declaration = { ...LIMITS, budget: 2000 };

const HTML = "<html><body>Bad gateway</body></html>";

/** What stands for the moving parts of a message: the same in the table, in the page and in the comparison. */
export const inWords = (text: string, stage: Pick<Stage, "url">): string =>
  text
    .replaceAll(stage.url, "<url>")
    .replaceAll(/127\.0\.0\.1:\d+/g, "<address>")
    .replaceAll(/\bid-\d+\b/g, "<id>")
    .replaceAll(/\bkey-[0-9a-f]{7}\b/g, "<name>")
    .replaceAll(stage.url.replace("http://", ""), "<address>");

type Route = Fault["route"];

const status = (
  route: Route,
  code: number,
  rest: Partial<Extract<Fault, { kind: "status" }>> = {},
): Fault => ({
  kind: "status",
  route,
  status: code,
  ...rest,
});

export const fault = {
  status,
  always: (route: Route, code: number): Fault => status(route, code, { times: "always" }),
  html404: (route: Route): Fault =>
    status(route, 404, { body: HTML, headers: { "content-type": "text/html" } }),
  retryAfter: (route: Route, code: number, header: string): Fault =>
    status(route, code, { headers: { "retry-after": header } }),
  dropBefore: (route: Route): Fault => ({ kind: "drop-before", route }),
  dropAfter: (route: Route): Fault => ({ kind: "drop-after", route }),
  late: (route: Route): Fault => ({ kind: "delay", route, ms: 1_500 }),
  body: (route: Route, body: string): Fault => ({ kind: "body", route, body }),
  html: (route: Route): Fault => ({ kind: "body", route, body: HTML, contentType: "text/html" }),
  merge: (route: Route, merge: Record<string, unknown>): Fault => ({ kind: "merge", route, merge }),
  lacks: (route: Route, ...remove: string[]): Fault => ({ kind: "merge", route, remove }),
  ignores: (route: Route, ...fields: string[]): Fault => ({ kind: "ignore-fields", route, fields }),
  lagging: (route: Route): Fault => ({ kind: "stale", route, hideNewerThanMs: 60_000 }),
} as const;

/** An HTTP date one second from now, to which the header cannot be more exact. */
export const soon = ({ now }: Pick<Stage, "now">): string => new Date(now() + 1_000).toUTCString();
