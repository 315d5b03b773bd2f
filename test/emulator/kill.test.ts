import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, CliProcess, call } from "./cli-process";

const GUIDE_MODEL = "6661df926d36df3b878e0697";
const SECOND_MODEL = "640b517694bf816d35a59125";
const LANES = 3;
const KILLS = 30;
/** The emulators stand still at this instant, so that no window ends while they are compared. */
const NOON = { now: "2026-03-10T12:00:00Z" };

/** What was answered, and what was asked: the truth after a kill lies between the two. */
interface Witness {
  answered: Map<string, number>;
  asked: Map<string, number>;
  keys: Map<string, WireKey>;
  unsure: Set<string>;
}

const add = (counts: Map<string, number>, model: string): void => {
  counts.set(model, (counts.get(model) ?? 0) + 1);
};

test(`killed ${KILLS} times under load, it forgets no run and no key that it answered for`, async () => {
  const moments = fc.sample(fc.integer({ min: 0, max: 120 }), { numRuns: KILLS, seed: Date.now() });
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    moments.filter((_moment, at) => at % LANES === lane),
  );
  const answered = await Promise.all(lanes.map(killAgainAndAgain));
  expect(answered.every((runs) => runs > 0)).toBe(true);
});

async function killAgainAndAgain(moments: number[]): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "emulator-kill-"));
  const args = ["--port", "0", "--admin-key", ADMIN_KEY, "--data", directory, "--controls", "--quiet"];
  const witness: Witness = { answered: new Map(), asked: new Map(), keys: new Map(), unsure: new Set() };
  try {
    for (const [round, moment] of moments.entries()) {
      const cli = CliProcess.run(args);
      const url = await cli.listening();
      await call(url, "PUT", "/_emulator/clock", NOON);
      await compare(url, witness);
      const stop = new AbortController();
      const load = [
        ...Array.from({ length: 4 }, (_, lane) => runUntilDead(url, witness, lane, stop.signal)),
        changeKeysUntilDead(url, witness, round, stop.signal),
      ];
      setTimeout(() => cli.signal("SIGKILL"), 40 + moment);
      await cli.exited;
      stop.abort();
      await Promise.all(load);
    }
    const cli = CliProcess.run(args);
    await compare(await cli.listening(), witness);
    cli.signal("SIGTERM");
    expect(await cli.exited).toEqual({ code: 0, signal: null });
    return [...witness.answered.values()].reduce((sum, count) => sum + count, 0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function firstKey(url: string, witness: Witness): Promise<WireKey> {
  const known = witness.keys.get("runner");
  if (known !== undefined) return known;
  const { json } = await call<WireKey>(url, "POST", "/sdk/api-keys", { name: "runner" });
  witness.keys.set("runner", json);
  return json;
}

async function compare(url: string, witness: Witness): Promise<void> {
  await call(url, "PUT", "/_emulator/clock", NOON);
  const runner = await firstKey(url, witness);
  const listed = (await call<WireKey[]>(url, "GET", "/sdk/api-keys")).json;
  const names = listed.map(({ name }) => name).filter((name) => !witness.unsure.has(name));
  expect(names.sort()).toEqual(
    ["Admin", ...witness.keys.keys()].filter((name) => !witness.unsure.has(name)).sort(),
  );
  const rows = (await call<WireUsage[]>(url, "GET", `/sdk/api-keys/${runner.id}/usage-limits`)).json;
  for (const model of [GUIDE_MODEL, SECOND_MODEL]) {
    const row = rows.find(({ assetId }) => assetId === model) ?? { requestCount: 0, tokenCount: 0 };
    const counted = row.requestCount ?? 0;
    expect(counted).toBeGreaterThanOrEqual(witness.answered.get(model) ?? 0);
    expect(counted).toBeLessThanOrEqual(witness.asked.get(model) ?? 0);
    // Every run costs three tokens of output, counted after it was admitted: one counted by half would show.
    expect(row.tokenCount).toBe(3 * counted);
    // From here on the truth is what was found: what was asked and not answered is settled.
    witness.asked.set(model, counted);
    witness.answered.set(model, counted);
  }
  expect(rows[0]?.requestCount).toBe((rows[1]?.requestCount ?? 0) + (rows[2]?.requestCount ?? 0));
}

async function runUntilDead(url: string, witness: Witness, lane: number, signal: AbortSignal): Promise<void> {
  const runner = witness.keys.get("runner");
  for (let at = lane; !signal.aborted; at += 1) {
    const model = at % 3 === 0 ? SECOND_MODEL : GUIDE_MODEL;
    add(witness.asked, model);
    try {
      const body = { data: "", max_tokens: 3 };
      const { status } = await call(url, "POST", `/api/v2/execute/${model}`, body, runner?.accessKey);
      expect(status).toBe(200);
      add(witness.answered, model);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      return;
    }
  }
}

async function changeKeysUntilDead(
  url: string,
  witness: Witness,
  round: number,
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; !signal.aborted; at += 1) {
    const name = `key-${round}-${at}`;
    try {
      witness.unsure.add(name);
      const { json } = await call<WireKey>(url, "POST", "/sdk/api-keys", { name, budget: at });
      witness.keys.set(name, json);
      if (at % 2 === 0) {
        witness.unsure.delete(name);
        continue;
      }
      await call(url, "DELETE", `/sdk/api-keys/${json.id}`);
      witness.keys.delete(name);
      witness.unsure.delete(name);
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      return;
    }
  }
}

/** By its name: what `fetch` throws comes from outside the realm of the tests. */
const isConnectionLost = (error: unknown): boolean => (error as { name?: unknown }).name === "TypeError";
