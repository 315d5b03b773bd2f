import fc from "fast-check";
import type { Fault, KeyEdit } from "../../../emulator/src/index";
import type { Declared, Order } from "../../harness/program";
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

export const FIXED_NAMES = ["fixed-a", "fixed-b", "fixed-c"] as const;

export const RESOURCES = { key: true, bot: true, seedless: false } as const;
export type ResourceName = keyof typeof RESOURCES;
export const RESOURCE_NAMES = Object.keys(RESOURCES) as ResourceName[];

/** Without a name, with an output that turns out to be none, or with one of the few fixed names: each is given once. */
const names = fc
  .tuple(
    fc.shuffledSubarray([...FIXED_NAMES], { minLength: FIXED_NAMES.length }),
    fc.tuple(...RESOURCE_NAMES.map(() => fc.constantFrom("none", "undefined", "fixed", "fixed"))),
  )
  .map(([fixed, kinds]) =>
    kinds.map((kind, at) => (kind === "none" ? {} : { name: kind === "fixed" ? fixed[at] : undefined })),
  );

const whole: fc.Arbitrary<Declaration> = fc
  .record({
    budget: maybe(number),
    expiresAt: maybe(fc.constantFrom("2099-01-31", "2099-02-01")),
    globalLimits: maybe(limits),
    assetLimits: maybe(assetLimits),
    suspended: maybe(fc.constantFrom(true, true, false)),
    deletionPolicy: maybe(fc.constantFrom("delete", "expire", "keep")),
    rotationTrigger: maybe(fc.constantFrom("INC-1", "INC-2")),
  })
  .map(present);
const small: fc.Arbitrary<Declaration> = fc.record({ budget: maybe(number) }).map(present);

/** A replacement under a fixed name is refused where the old key is to stay: test/lifecycle/day-two.test.ts shows that. */
export function replaceable(declaration: Declaration): Declaration {
  const { deletionPolicy: _, ...rest } = declaration;
  return declaration.name !== undefined && declaration.rotationTrigger !== undefined ? rest : declaration;
}

/** A program: its first key in all variety, and others beside it that come and go. */
export const programs: fc.Arbitrary<Declared> = fc
  .tuple(names, whole, maybe(small), maybe(small))
  .map(([given, ...declared]) =>
    Object.fromEntries(
      declared.flatMap((each, at) =>
        each ? [[RESOURCE_NAMES[at], replaceable({ ...each, ...given[at] })]] : [],
      ),
    ),
  );

export const orders = fc.constantFrom<Order>("parallel", "parallel", "serial");

/** Every combination of who has which fixed name is met often: swaps, chains and circles. */
export const renames: fc.Arbitrary<Declared> = fc
  .shuffledSubarray<string | undefined>([...FIXED_NAMES, undefined], { minLength: RESOURCE_NAMES.length })
  .map((given) => Object.fromEntries(RESOURCE_NAMES.map((each, at) => [each, { name: given[at] }])));

export const edits = fc.constantFrom<KeyEdit>(
  ...[null, 0, 5].map((budget) => ({ budget })),
  ...[null, "2099-03-01T00:00:00Z", "2099-01-31T12:00:00Z", "2000-01-01T00:00:00Z"].map((expiresAt) => ({
    expiresAt,
  })),
  ...[null, { tpd: 3 }, { rpm: 0, tpm: 1, tokenType: "input" as const }].map((globalLimits) => ({
    globalLimits,
  })),
  { assetsLimits: [] },
  { assetsLimits: [{ assetId: BATCH.id, rpd: 1 }] },
  { assetsLimits: [{ assetId: GUIDE_MODEL, tpm: 2 }] },
  ...["renamed-by-hand", "renamed-again", ...FIXED_NAMES].map((name) => ({ name })),
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

/** The name of a create or update is taken just before it arrives, and the answer may be lost besides. */
export const races = fc.record({
  race: fc.record({ write: fc.constantFrom(1, 1, 2), used: fc.boolean() }),
  faults: fc.constantFrom<Fault[]>(
    [],
    ...(["drop-before", "drop-after"] as const).map((kind): Fault[] => [{ kind, route: "createKey" }]),
    ...[1, 2, "always" as const].map((times): Fault[] => [
      { kind: "status", route: "createKey", status: 503, times },
    ]),
    [{ kind: "status", route: "updateKey", status: 503 }],
  ),
});
