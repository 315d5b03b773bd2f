import type { Account } from "../account/account.js";
import { type ApiKey, mask } from "../account/api-key.js";
import type { AdjustableClock } from "../account/clock.js";
import type { Scope } from "../account/ledger.js";
import type { Window } from "../account/window.js";
import { NANO } from "../runs/enforcement.js";
import { ROUTE_NAMES } from "../wire/route-name.js";
import type { Fault, Faults } from "./faults.js";
import type { LoggedRequest, RequestLog } from "./request-log.js";

export interface Usage {
  title: string;
  used: number;
  limit: number | null;
  /** ISO; `null` for a counter that never resets. */
  resetsAt: string | null;
}

export interface Overview {
  now: string;
  isStopped: boolean;
  keys: {
    id: string;
    name: string;
    accessKey: string;
    isAdmin: boolean;
    expiresAt: string | null;
    usage: Usage[];
  }[];
  /** `keys` contains the first 200. */
  keyCount: number;
  requests: LoggedRequest[];
  faults: Fault[];
  routes: readonly string[];
}

const NEWEST_REQUESTS = 100;
const MOST_KEYS = 200;

/** The account for the page. Contains no secret. */
export function overviewOf(platform: {
  account: Account;
  clock: AdjustableClock;
  requests: RequestLog;
  faults: Faults;
}): Overview {
  const { account, clock, requests, faults } = platform;
  const now = clock.now();
  const keys = account.list();
  return {
    now: new Date(now).toISOString(),
    isStopped: clock.isStopped,
    keys: keys.slice(0, MOST_KEYS).map((key) => ({
      id: key.id,
      name: key.name,
      accessKey: mask(key.accessKey),
      isAdmin: key.isAdmin,
      expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt).toISOString(),
      usage: key.isAdmin ? [] : usageOf(account, key, now),
    })),
    keyCount: keys.length,
    requests: requests.list().slice(-NEWEST_REQUESTS).reverse(),
    faults: faults.list(),
    routes: ROUTE_NAMES,
  };
}

function usageOf(account: Account, key: ApiKey, now: number): Usage[] {
  const ledger = account.ledger(key.id);
  ledger.roll(now);
  const budget = { title: "Credits", used: ledger.spent / NANO, limit: key.budget, resetsAt: null };
  const scopes = [ledger.whole, ...ledger.models()].flatMap(countersOf);
  return [
    ...(key.budget === null ? [] : [budget]),
    ...scopes.filter(({ used, limit }) => used > 0 || limit !== null),
  ];
}

function countersOf({ assetId, minute, day }: Scope): Usage[] {
  const whose = assetId === null ? "" : ` of ${assetId}`;
  const of = (window: Window, per: string): Usage[] => {
    const resetsAt = new Date(window.freesAt).toISOString();
    const { limits, requestCount, tokenCount } = window;
    const kind = limits.tokenType === "total" ? "Tokens" : `Tokens (${limits.tokenType})`;
    return [
      { title: `Requests per ${per}${whose}`, used: requestCount, limit: limits.requests, resetsAt },
      { title: `${kind} per ${per}${whose}`, used: tokenCount, limit: limits.tokens, resetsAt },
    ];
  };
  return [...of(minute, "minute"), ...of(day, "day")];
}
