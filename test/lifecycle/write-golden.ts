import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { version } from "../../package.json";
import { lifecycleStage } from "../harness/lifecycle-stage";
import { FULL } from "../harness/scenarios";
import { type Declaration, Resource } from "../harness/stack";
import { GUIDE_MODEL, MINI } from "../harness/stage";

/**
 * Writes the states of this version, for a release: `npx tsx test/lifecycle/write-golden.ts`. A file that is there is
 * never written again: what a released version wrote into somebody's state cannot be changed any more.
 */
const PROGRAMS: Readonly<Record<string, Declaration>> = {
  everything: FULL,
  nothing: {},
  "a fixed name": { name: "plain" },
  zeros: {
    name: "zeros",
    budget: 0,
    globalLimits: { requestsPerDay: 0 },
    assetLimits: [{ model: GUIDE_MODEL, tokensPerDay: 0 }],
  },
  "one model by its path": {
    budget: 0.5,
    assetLimits: [{ model: MINI.path, tokensPerMinute: 5, tokenType: "input" }],
  },
  "an expiry that has passed since": { name: "expired", expiresAt: "2026-03-11" },
};

async function stateOf(title: string, program: Declaration) {
  const stage = await lifecycleStage({ adminKey: "golden-admin-key-0001" });
  const key = new Resource(await stage.newRun());
  await key.up(program);
  const platform = stage.controls
    .keys()
    .flatMap(({ isAdmin, expiresAt, ...written }) =>
      isAdmin
        ? []
        : [{ ...written, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() }],
    );
  await stage.close();
  const { name, accessKey, budget, globalLimits, assetsLimits, expiresAt } = platform[0] ?? {};
  return {
    title,
    program,
    state: key.held,
    platform: { name, accessKey, budget, globalLimits, assetsLimits, expiresAt },
  };
}

async function main(): Promise<void> {
  const states = await Promise.all(
    Object.entries(PROGRAMS).map(([title, program]) => stateOf(title, program)),
  );
  const folder = resolve(__dirname, "../golden");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    resolve(folder, `state-${version}.json`),
    `${JSON.stringify({ version, states }, undefined, 2)}\n`,
    { flag: "wx" },
  );
}

void main();
