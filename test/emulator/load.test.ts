import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, CliProcess, call } from "./cli-process";
import { requestOf, Volley } from "./volley";

const GUIDE_MODEL = "6661df926d36df3b878e0697";
const SECOND_MODEL = "640b517694bf816d35a59125";
const RUNS = 2_000;

let cli: CliProcess;
let url: string;
let volley: Volley;
beforeAll(async () => {
  cli = CliProcess.run(["--port", "0", "--admin-key", ADMIN_KEY, "--controls", "--quiet"]);
  url = await cli.listening();
  volley = await Volley.open(url, RUNS);
});
afterAll(async () => {
  volley.close();
  cli.signal("SIGTERM");
  await cli.exited;
});

interface Case {
  name: string;
  key: object;
  body: object;
  models: string[];
  /** How many of a volley have to be admitted, and how many at most of the first model. */
  admitted: number;
  mostOfFirst: number;
  rounds: number;
}

const oneModel = { models: [GUIDE_MODEL], body: { data: "hello", max_tokens: 0 } };
const cases: Case[] = [
  {
    name: "40 requests per minute for the one model that they use",
    key: { assetsLimits: [{ assetId: GUIDE_MODEL, rpm: 40 }] },
    ...oneModel,
    admitted: 40,
    mostOfFirst: 40,
    rounds: 10,
  },
  {
    name: "100 requests per minute in all, and 40 for one of two models",
    key: { globalLimits: { rpm: 100 }, assetsLimits: [{ assetId: GUIDE_MODEL, rpm: 40 }] },
    models: [GUIDE_MODEL, SECOND_MODEL],
    body: { data: "hello", max_tokens: 0 },
    admitted: 100,
    mostOfFirst: 40,
    rounds: 10,
  },
  {
    name: "100 input tokens per minute, at four tokens a run",
    key: { globalLimits: { tpm: 100, tokenType: "input" } },
    models: [GUIDE_MODEL],
    body: { data: "one two three four" },
    admitted: 25,
    mostOfFirst: 25,
    rounds: 10,
  },
  {
    name: "100 tokens per minute of either kind in all, and 30 for one of two models, at one token in and none out",
    key: { globalLimits: { tpm: 100 }, assetsLimits: [{ assetId: GUIDE_MODEL, tpm: 30 }] },
    models: [GUIDE_MODEL, SECOND_MODEL],
    body: { data: "hello", max_tokens: 0 },
    admitted: 100,
    mostOfFirst: 30,
    rounds: 3,
  },
  {
    name: "a budget of fifty runs a round",
    key: { budget: 0 },
    ...oneModel,
    admitted: 50,
    mostOfFirst: 50,
    rounds: 3,
  },
];

test.each(cases)(`of ${RUNS} runs at once, $rounds times in a row: $name`, async (one) => {
  const { json: key } = await call<WireKey>(url, "POST", "/sdk/api-keys", { name: one.name, ...one.key });
  const requests = Array.from({ length: RUNS }, (_, at) => {
    const model = one.models[(at * 7) % one.models.length] ?? "";
    return { model, bytes: requestOf(`/api/v2/execute/${model}`, key.accessKey, one.body) };
  });
  for (let round = 1; round <= one.rounds; round += 1) {
    // One round per day: the day's usage row then shows the round alone.
    await call(url, "PUT", "/_emulator/clock", { now: new Date(Date.UTC(2026, 2, round, 12)).toISOString() });
    const budget = "budget" in one.key ? { budget: (round * one.admitted * 0.5) / 1000 } : {};
    await call(url, "PUT", `/sdk/api-keys/${key.id}`, budget);
    const statuses = await volley.fire(requests.map(({ bytes }) => bytes));
    const admitted = requests.filter((_request, at) => statuses[at] === 200);
    const refused = statuses.filter((status) => status === ("budget" in one.key ? 402 : 429));
    expect(admitted).toHaveLength(one.admitted);
    expect(refused).toHaveLength(RUNS - one.admitted);
    expect(admitted.filter(({ model }) => model === one.models[0]).length).toBeLessThanOrEqual(
      one.mostOfFirst,
    );
    const { json: rows } = await call<WireUsage[]>(url, "GET", `/sdk/api-keys/${key.id}/usage-limits`);
    expect(rows[0]?.requestCount).toBe(one.admitted);
  }
});
