import { join } from "node:path";
import { z } from "zod";
import type { Step } from "../../tools/pulumi-cli/progress";
import { Child } from "../child";
import { EmulatorProcess } from "../emulator-process";
import { BenchError } from "../errors";
import type { Load } from "../load-child";
import { LoadGenerator } from "./load-generator";
import type { RateRound } from "./model";

export const CONNECTIONS = 32;

const MODEL = "6661df926d36df3b878e0697";
const BODY = JSON.stringify({ data: "What limits does this key have?", max_tokens: 16 });

const address = z.object({ url: z.string() });
const created = z.object({ accessKey: z.string() });

/** Limits of every kind, high enough to admit every run. */
const HIGH = { tpm: 1e12, tpd: 1e12, rpm: 1e12, rpd: 1e12, tokenType: "total" };

async function keyOf(emulator: EmulatorProcess): Promise<string> {
  const answer = await fetch(`${emulator.url}/sdk/api-keys`, {
    method: "POST",
    headers: { "x-api-key": emulator.adminKey, "content-type": "application/json" },
    body: JSON.stringify({
      name: "bench",
      budget: 1e6,
      expiresAt: "2035-01-31T00:00:00.000000Z",
      globalLimits: HIGH,
      assetsLimits: [{ assetId: MODEL, ...HIGH }],
    }),
  });
  return created.parse(await answer.json()).accessKey;
}

/** Admitted runs per second beside a constant answer of the same length, in turns. */
export async function measureRates(rounds: number, seconds: number, step: Step): Promise<RateRound[]> {
  const emulator = await EmulatorProcess.start();
  const generator = new LoadGenerator();
  let constant: Child<z.infer<typeof address>> | undefined;
  try {
    const headers = { "x-api-key": await keyOf(emulator), "content-type": "application/json" };
    const url = `${emulator.syncRunUrl}/${MODEL}`;
    const sample = await fetch(url, { method: "POST", headers, body: BODY });
    if (!sample.ok) throw new BenchError(`a run was answered with ${sample.status}`);
    const script = join(__dirname, "..", "constant-child.ts");
    constant = await Child.start(script, await sample.text(), address);
    const load = (target: string, length: number): Load => ({
      url: target,
      headers,
      body: BODY,
      connections: CONNECTIONS,
      seconds: length,
    });
    const targets = { emulator: url, constant: `${constant.answer.url}/run` };
    step.detail("warming up");
    for (const target of Object.values(targets)) await generator.run(load(target, Math.min(seconds, 3)));
    const results: RateRound[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      step.detail(`round ${round} of ${rounds}`);
      const order =
        round % 2 === 0 ? (["emulator", "constant"] as const) : (["constant", "emulator"] as const);
      const first = await generator.run(load(targets[order[0]], seconds));
      const second = await generator.run(load(targets[order[1]], seconds));
      results.push(
        order[0] === "emulator"
          ? { emulator: first, constant: second }
          : { emulator: second, constant: first },
      );
    }
    return results;
  } finally {
    await generator.stop();
    await constant?.stop();
    await emulator.stop();
  }
}
