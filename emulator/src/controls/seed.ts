import { z } from "zod";
import type { Account } from "../account/account.js";
import { isAccessKey } from "../account/api-key.js";
import type { Clock } from "../account/clock.js";
import type { Scope } from "../account/ledger.js";
import { writtenAssetLimitsSchema, writtenLimitsSchema } from "../account/limits.js";
import { DAY } from "../account/window.js";
import { NANO } from "../runs/enforcement.js";
import type { EmulatorControls, KeyEdit } from "./controls.js";

const share = z
  .string()
  .regex(/^\d{1,3}(\.\d+)?\s*%$/, { message: 'is not a percentage such as "95%"' })
  .transform((text) => Number.parseFloat(text) / 100);

const seedKey = z.strictObject({
  name: z.string().min(1),
  accessKey: z
    .string()
    .refine(isAccessKey, { message: "must have 12 or more printable ASCII characters and no spaces" })
    .optional(),
  budget: z.number().min(0).nullish(),
  globalLimits: z.strictObject(writtenLimitsSchema.shape).nullish(),
  assetsLimits: z.array(z.strictObject(writtenAssetLimitsSchema.shape)).optional(),
  /** An ISO date and time, or `midnight` for the next midnight UTC. */
  expiresAt: z.string().nullish(),
  /** The used share of every limit and of the budget. */
  used: share.optional(),
});

export const seedSchema = z.strictObject({ keys: z.array(seedKey) });

export type Seed = z.input<typeof seedSchema>;

/**
 * Creates the keys of a seed whose names are free.
 * @returns the created keys whose secret was generated
 * @throws `ZodError` or `ApiError` (400) with everything that is wrong with the seed
 */
export function plant(
  seed: Seed,
  controls: Pick<EmulatorControls, "createKey">,
  account: Account,
  clock: Clock,
): { name: string; accessKey: string }[] {
  const { keys } = seedSchema.parse(seed);
  const there = new Set(account.list().map(({ name }) => name));
  return keys
    .filter(({ name }) => !there.has(name))
    .flatMap(({ used, expiresAt, ...declared }) => {
      const now = clock.now();
      const expiry = expiresAt === "midnight" ? (Math.floor(now / DAY) + 1) * DAY : expiresAt;
      const edit = { ...declared, ...(expiry === undefined ? {} : { expiresAt: expiry }) };
      const key = controls.createKey(edit as KeyEdit & { name: string; accessKey?: string });
      if (used !== undefined) use(account, key.id, used, now);
      return declared.accessKey === undefined ? [{ name: key.name, accessKey: key.accessKey }] : [];
    });
}

function use(account: Account, id: string, used: number, now: number): void {
  const ledger = account.ledger(id);
  const { budget } = account.get(id);
  const part = (limit: number | null): number => Math.floor((limit ?? 0) * used);
  const fill = (scope: Scope): void => {
    scope.roll(now);
    const { minute, day } = scope;
    const requests = part(minute.limits.requests);
    const tokens = part(minute.limits.tokens);
    minute.fill(requests, tokens);
    day.fill(Math.max(requests, part(day.limits.requests)), Math.max(tokens, part(day.limits.tokens)));
  };
  for (const scope of [ledger.whole, ...ledger.models()]) fill(scope);
  ledger.spent = Math.floor((budget ?? 0) * used * NANO);
  ledger.announce();
}
