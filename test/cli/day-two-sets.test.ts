import { z } from "zod";
import { MINI } from "../harness/stage";
import { exportedKeys } from "./exported-keys";
import { CLI_TIMEOUT_MS, type CliProject, type Told, withCliProject } from "./project";

const HEAD = `const { ApiKeySet, getApiKey, getApiKeyOutput, getApiKeys, getApiKeysOutput, getModel, getModelOutput } = require("pulumi-aixplain");\n`;

/** A set of twenty, five percent each; who leaves gives the share to the reserve. */
const team = (members: readonly string[]): string => `
const members = ${JSON.stringify(members)};
const team = new ApiKeySet("team", {
  budget: 1000,
  reserve: 100 - 5 * members.length,
  defaults: { globalLimits: { requestsPerDay: 50 } },
  members: Object.fromEntries(members.map((name) => [name, name === "m-07" ? { share: 5, expiresAt: "2099-01-31" } : { share: 5 }])),
});
exports.accessKeys = team.accessKeys;
exports.hints = team.accessKeyHints;
`;

const TWENTY = Array.from({ length: 20 }, (_, n) => `m-${String(n).padStart(2, "0")}`);

const liveKeys = ({ emulator }: CliProject) => emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);

function writes({ emulator }: CliProject): string[] {
  const calls = emulator.controls.requests().filter(({ method }) => method !== "GET");
  emulator.controls.requests.clear();
  return calls.map(({ method, path }) => `${method} ${path}`);
}

const outputs = async (project: CliProject, ...flags: string[]): Promise<Record<string, unknown>> =>
  z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await project.must(["stack", "output", "--json", ...flags])));

test(
  "of a set of 20 one member leaves and another comes: one key is deleted, one created, and nothing else changes",
  () =>
    withCliProject(async (project) => {
      project.program(HEAD + team(TWENTY));
      await project.must(["up", "--yes", "--skip-preview"]);
      const before = liveKeys(project);
      expect(before).toHaveLength(20);
      expect(before.map(({ budget }) => budget)).toEqual(Array.from({ length: 20 }, () => 50));
      const expiring = before.filter(({ expiresAt }) => expiresAt !== null);
      expect(expiring.map(({ name }) => name)).toEqual([expect.stringMatching(/^team\/m-07-[0-9a-f]{7}$/)]);
      const shown = await outputs(project);
      expect(shown.accessKeys).toBe("[secret]");
      const { accessKeys } = z
        .object({ accessKeys: z.record(z.string(), z.string()) })
        .parse(await outputs(project, "--show-secrets"));
      expect(Object.keys(accessKeys)).toEqual(TWENTY);
      expect(Object.values(accessKeys).sort()).toEqual(before.map(({ accessKey }) => accessKey).sort());
      const state = await project.exportedState();
      for (const each of Object.values(accessKeys)) expect(state).not.toContain(each);

      writes(project);
      const gone = before.find(({ name }) => name.startsWith("team/m-04-"));
      const rest = TWENTY.filter((name) => name !== "m-04");
      project.program(HEAD + team(rest));
      const left = await project.up();
      expect(left).toMatchObject({ ok: true });
      expect(left.text).toMatch(/- 1 deleted\s+21 unchanged/);
      expect(writes(project)).toEqual([`DELETE /sdk/api-keys/${gone?.id}`]);
      expect(liveKeys(project)).toEqual(before.filter(({ id }) => id !== gone?.id));

      project.program(HEAD + team(["newcomer", ...rest]));
      const came = await project.up();
      expect(came.text).toMatch(/\+ 1 created\s+21 unchanged/);
      expect(writes(project)).toEqual(["POST /sdk/api-keys"]);
      expect(exportedKeys(await project.exportedState())).toHaveLength(20);
    }),
  CLI_TIMEOUT_MS,
);

describe("look-ups in a program", () => {
  let shown: Record<string, unknown> = {};
  let lists = 0;
  let state = "";
  let secrets: string[] = [];
  const told: Record<string, Told> = {};

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const soon = new Date(controls.clock.now() + 5 * 86_400_000).toISOString().slice(0, 10);
        const theirs = controls.createKey({ name: "ci-theirs", budget: 7, expiresAt: `${soon}T00:00:00Z` });
        controls.createKey({ name: "web-theirs" });
        secrets = controls.keys().map(({ accessKey }) => accessKey);
        controls.requests.clear();
        project.program(`${HEAD}
const own = new ApiKey("ci-own", { name: "ci-own", budget: 3 });
module.exports = (async () => ({
  byName: await getApiKey({ name: "ci-theirs" }),
  byId: (await getApiKey({ id: "${theirs.id}" })).name,
  own: getApiKeyOutput({ id: own.id }).budget,
  ci: (await getApiKeys({ namePrefix: "ci-theirs" })).apiKeys.map(({ name }) => name),
  expiring: (await getApiKeys({ expiringWithinDays: 10 })).apiKeys.map(({ name }) => name),
  later: (await getApiKeys({ expiringWithinDays: 3 })).apiKeys.length,
  used: (await getApiKeys({ usedAbovePercent: 50 })).apiKeys.length,
  all: getApiKeysOutput({}, { dependsOn: [own] }).apply(({ apiKeys }) => apiKeys.map(({ name }) => name).sort()),
  model: await getModel({ model: "${MINI.path}" }),
  modelId: getModelOutput({ model: pulumi.output("${MINI.path}") }).id,
}))();`);
        await project.must(["up", "--yes", "--skip-preview"]);
        controls.requests.clear();
        await project.must(["up", "--yes", "--skip-preview"]);
        lists = controls.requests().filter(({ route }) => route === "listKeys").length;
        shown = await outputs(project);
        state = await project.must(["stack", "export", "--show-secrets"]);
        for (const [title, ask] of [
          ["no key", 'getApiKey({ name: "ci-theris" })'],
          ["no key, as an output", 'getApiKeyOutput({ name: "ci-theris" })'],
          ["no model", 'getModel({ model: "OpenAI/GPT-4o-mini/OpenAI" })'],
          ["no argument", "getApiKey({})"],
          [
            "bad arguments",
            'getApiKeys({ nameprefix: "ci", expiringWithinDays: 1.5, usedAbovePercent: "80" })',
          ],
        ] as const) {
          project.program(`${HEAD}exports.asked = ${ask};`);
          told[title] = await project.preview();
        }
      }),
    CLI_TIMEOUT_MS,
  );

  test("answer keys by id and name, lists by every condition, and models", () => {
    expect(shown).toMatchObject({
      byName: { name: "ci-theirs", budget: 7, isAdmin: false },
      byId: "ci-theirs",
      own: 3,
      ci: ["ci-theirs"],
      expiring: ["ci-theirs"],
      later: 0,
      used: 0,
      all: ["Admin", "ci-own", "ci-theirs", "web-theirs"],
      model: { id: MINI.id, path: MINI.path },
      modelId: MINI.id,
    });
  });

  test("share one list, and one more where one of them waits for resources; the provider has its own", () => {
    expect(lists).toBe(3);
  });

  test("hold no access key", () => {
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(state).not.toContain(secret);
  });

  test.each([
    ["no key", 'there is no key "ci-theris" in the account (did you mean "ci-theirs"?)'],
    ["no key, as an output", 'there is no key "ci-theris" in the account (did you mean "ci-theirs"?)'],
    ["no model", `did you mean "${MINI.path}"?`],
    ["no argument", "getApiKey: id or name must be set, but not both"],
    ["bad arguments", "nameprefix is not an argument of getApiKeys; did you mean namePrefix?"],
    ["bad arguments", "expiringWithinDays must be a whole number, 0 or more; got 1.5"],
    ["bad arguments", 'usedAbovePercent must be a number, 0 or more; got the text "80"'],
  ])("fail the preview in words: %s", (title, words) => {
    expect(told[title]?.ok).toBe(false);
    expect(told[title]?.text).toContain(words);
    expect(told[title]?.text).not.toMatch(/ at .*\.js:\d+/);
  });
});
