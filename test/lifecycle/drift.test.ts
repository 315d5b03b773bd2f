import type { KeyEdit } from "../../emulator/src/index";
import { type LifecycleStage, lifecycleStage } from "../harness/lifecycle-stage";
import { FULL } from "../harness/scenarios";
import { Resource } from "../harness/stack";
import { BATCH, GUIDE_MODEL, MINI } from "../harness/stage";

let stage: LifecycleStage;
beforeEach(async () => {
  stage = await lifecycleStage();
});
afterEach(() => stage.close());

interface Drift {
  readonly what: string;
  readonly edit: KeyEdit;
  readonly told: string;
}

const limits = { tpm: 100, tpd: 1000, rpm: 100, rpd: 1000 };
const guide = { assetId: GUIDE_MODEL, tpm: 10, tokenType: "output" as const };
const mini = { assetId: MINI.id, rpd: 2 };

const WORDS = {
  tpm: "tokensPerMinute",
  tpd: "tokensPerDay",
  rpm: "requestsPerMinute",
  rpd: "requestsPerDay",
} as const;

const DRIFTS: readonly Drift[] = [
  { what: "the name", edit: { name: "other" }, told: 'name "full" -> "other"' },
  { what: "the budget", edit: { budget: 1001 }, told: "budget 1000 -> 1001" },
  { what: "the budget, to nothing allowed", edit: { budget: 0 }, told: "budget 1000 -> 0" },
  { what: "the budget, away", edit: { budget: null }, told: "budget 1000 -> not set" },
  {
    what: "the expiry",
    edit: { expiresAt: "2099-02-01T00:00:00Z" },
    told: 'expiresAt "2099-01-31" -> "2099-02-01"',
  },
  {
    what: "the expiry, to a stray time of day",
    edit: { expiresAt: "2099-01-31T00:00:01Z" },
    told: 'expiresAt "2099-01-31" -> "2099-01-31T00:00:01.000Z"',
  },
  { what: "the expiry, away", edit: { expiresAt: null }, told: 'expiresAt "2099-01-31" -> not set' },
  ...(["tpm", "tpd", "rpm", "rpd"] as const).map((limit) => ({
    what: `the global limit ${limit}`,
    edit: { globalLimits: { ...limits, [limit]: 7 } },
    told: `globalLimits.${WORDS[limit]} ${limits[limit]} -> 7`,
  })),
  {
    what: "the kind of tokens that a global limit counts",
    edit: { globalLimits: { ...limits, tokenType: "input" } },
    told: 'globalLimits.tokenType not set -> "input"',
  },
  {
    what: "one global limit, away",
    edit: { globalLimits: { ...limits, rpd: null } },
    told: "globalLimits.requestsPerDay 1000 -> not set",
  },
  {
    what: "all global limits, away",
    edit: { globalLimits: null },
    told: "globalLimits.tokensPerMinute 100 -> not set",
  },
  {
    what: "the limit of one model",
    edit: { assetsLimits: [guide, { ...mini, rpd: 3 }] },
    told: `assetLimits["${MINI.id}"].requestsPerDay 2 -> 3`,
  },
  {
    what: "the kind of tokens that a model's limit counts",
    edit: { assetsLimits: [{ ...guide, tokenType: "total" }, mini] },
    told: `assetLimits["${GUIDE_MODEL}"].tokenType "output" -> not set`,
  },
  {
    what: "the limits of one model, away",
    edit: { assetsLimits: [guide] },
    told: `assetLimits["${MINI.id}"].requestsPerDay 2 -> not set`,
  },
  {
    what: "a limit for one more model",
    edit: { assetsLimits: [guide, mini, { assetId: BATCH.id, rpm: 1 }] },
    told: `assetLimits["${BATCH.id}"].requestsPerMinute not set -> 1`,
  },
];

const SAME_MEANING: readonly { readonly what: string; readonly edit: KeyEdit }[] = [
  { what: "the order of the models", edit: { assetsLimits: [mini, guide] } },
  { what: "the default kind of tokens, said", edit: { globalLimits: { ...limits, tokenType: "total" } } },
  {
    what: "a kind of tokens where no tokens are limited",
    edit: { assetsLimits: [guide, { ...mini, tokenType: "input" }] },
  },
  {
    what: "a model whose entry limits nothing",
    edit: { assetsLimits: [guide, mini, { assetId: BATCH.id }] },
  },
  { what: "the same expiry in another zone", edit: { expiresAt: "2099-01-31T02:00:00+02:00" } },
];

async function fullKey(): Promise<Resource> {
  const key = new Resource(await stage.newRun());
  await key.up(FULL);
  key.door = await stage.newRun();
  stage.forgetTold();
  return key;
}

describe("a change behind Pulumi's back", () => {
  test.each(DRIFTS)("to $what is seen, told, and put right in one update", async ({ edit, told }) => {
    const key = await fullKey();
    const before = stage.controls.keys()[1];
    stage.controls.updateKey("full", edit);
    expect(await key.preview(FULL)).toBe("update");
    expect(stage.told()).toContain(told);
    expect(await key.up(FULL)).toBe("update");
    expect(stage.controls.keys()[1]).toMatchObject({ ...before, assetsLimits: expect.any(Array) });
    key.door = await stage.newRun();
    stage.forgetTold();
    expect(await key.preview(FULL)).toBe("same");
    expect(stage.told()).toBe("");
  });

  test.each(SAME_MEANING)("that changes nothing in meaning is no drift: $what", async ({ edit }) => {
    const key = await fullKey();
    stage.controls.updateKey("full", edit);
    expect(await key.preview(FULL)).toBe("same");
    expect(stage.told()).toBe("");
  });

  test("is taken over by a refresh, and then a declaration of the same is no difference", async () => {
    const key = await fullKey();
    stage.controls.updateKey("full", { budget: 5 });
    await key.refresh();
    stage.forgetTold();
    expect(await key.preview({ ...FULL, budget: 5 })).toBe("same");
    expect(stage.told()).toBe("");
  });
});

describe("an update whose answer was lost", () => {
  test("leaves a state that the next update brings up to date, and no drift is told for ever", async () => {
    const key = await fullKey();
    stage.controls.faults.add({ kind: "body", route: "updateKey", body: "<html>", contentType: "text/html" });
    await expect(key.up({ ...FULL, budget: 2000 })).rejects.toThrow("a page of HTML");
    expect(key.held?.outs.budget).toBe(1000);
    key.door = await stage.newRun();
    expect(await key.up({ ...FULL, budget: 2000 })).toBe("update");
    expect(key.held?.outs.budget).toBe(2000);
    stage.forgetTold();
    expect(await key.up({ ...FULL, budget: 2000 })).toBe("same");
    expect(stage.told()).toBe("");
  });
});
