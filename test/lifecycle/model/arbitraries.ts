import fc from "fast-check";
import type { Fault, KeyEdit } from "../../../emulator/src/index";
import type { Declaration } from "../../harness/stack";
import { BATCH, GUIDE_MODEL, MINI } from "../../harness/stage";

/** What programs declare, what people do to a key on the platform, and what goes wrong: small worlds, met often. */

const number = fc.constantFrom(0, 1, 7);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const limits = fc
  .record({
    tokensPerDay: number,
    requestsPerMinute: maybe(number),
    tokenType: maybe(fc.constantFrom("input", "total")),
  })
  .map(present);

const assetLimits = fc
  .uniqueArray(fc.constantFrom(GUIDE_MODEL, MINI.id, MINI.path, BATCH.id), {
    maxLength: 3,
    selector: (model) => (model === MINI.path ? MINI.id : model),
  })
  .chain((models) => fc.tuple(...models.map((model) => limits.map((each) => ({ model, ...each })))));

export const FIXED_NAMES = ["fixed-a", "fixed-b"] as const;

export const declarations: fc.Arbitrary<Declaration> = fc
  .record({
    name: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...FIXED_NAMES)),
    budget: maybe(number),
    expiresAt: maybe(fc.constantFrom("2099-01-31", "2099-02-01")),
    globalLimits: maybe(limits),
    assetLimits: maybe(assetLimits),
  })
  .map(present);

export const edits = fc.constantFrom<KeyEdit>(
  ...[null, 0, 5].map((budget) => ({ budget })),
  ...[null, "2099-03-01T00:00:00Z", "2099-01-31T12:00:00Z"].map((expiresAt) => ({ expiresAt })),
  ...[null, { tpd: 3 }, { rpm: 0, tpm: 1, tokenType: "input" as const }].map((globalLimits) => ({
    globalLimits,
  })),
  { assetsLimits: [] },
  { assetsLimits: [{ assetId: BATCH.id, rpd: 1 }] },
  { assetsLimits: [{ assetId: GUIDE_MODEL, tpm: 2 }] },
  ...["renamed-by-hand", "renamed-again"].map((name) => ({ name })),
);

type Route = Fault["route"];

const route = fc.constantFrom<Route>(
  "listKeys",
  "createKey",
  "getKey",
  "updateKey",
  "deleteKey",
  "getModel",
  "*",
);
const answer = fc.constantFrom<Route>("createKey", "updateKey");
const when = fc.record({
  times: fc.constantFrom<1 | 2 | 4 | "always">(1, 1, 2, 4, "always"),
  skip: fc.constantFrom(0, 0, 1, 2),
});

/** Faults of a platform that fails, and not of one that lies: a 404 is believed, and so no fault makes one up. */
export const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc
    .tuple(route, when, fc.constantFrom(400, 401, 403, 500, 503))
    .map(([route, often, status]): Fault => ({ kind: "status", route, status, ...often })),
  fc
    .tuple(route, fc.constantFrom("2", "3600"))
    .map(
      ([route, after]): Fault => ({ kind: "status", route, status: 429, headers: { "retry-after": after } }),
    ),
  fc
    .tuple(route, when, fc.constantFrom("drop-before" as const, "drop-after" as const))
    .map(([route, often, kind]): Fault => ({ kind, route, ...often })),
  fc
    .tuple(route, when, fc.constantFrom("<html>", "", '{"id', "{}", "[7]"))
    .map(([route, often, body]): Fault => ({ kind: "body", route, body, ...often })),
  fc
    .tuple(answer, fc.constantFrom("id", "accessKey"))
    .map(([route, field]): Fault => ({ kind: "merge", route, remove: [field] })),
  fc.constant<Fault>({ kind: "merge", route: "createKey", merge: { accessKey: "ab12****cd34" } }),
  fc
    .tuple(answer, fc.constantFrom("budget", "assetsLimits", "expiresAt"))
    .map(([route, field]): Fault => ({ kind: "ignore-fields", route, fields: [field] })),
  when.map((often): Fault => ({ kind: "stale", route: "listKeys", ...often })),
);
