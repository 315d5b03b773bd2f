import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLI_TIMEOUT_MS, type CliProject, withCliProject } from "../cli/project";

const MODEL = "6661df926d36df3b878e0697";
const DAY = 24 * 60 * 60 * 1000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

const RUNTIME = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
const PROVIDER = "  providers:\n    - name: aixplain\n      path: node_modules/pulumi-aixplain/plugin\n";
/** What a user without a policy host writes into `Pulumi.yaml`. */
const ANALYZER =
  "  analyzers:\n    - name: policy-aixplain\n      path: node_modules/pulumi-aixplain-policies/executable\n";
const PACK = join("node_modules", "pulumi-aixplain-policies", "executable");

const CONFIG = {
  all: "mandatory",
  "aixplain-expiry": { maxDays: 60 },
  "aixplain-budget": { max: 100 },
  "aixplain-protection": { stacks: "^test$" },
  "aixplain-rotation": { except: ["good"] },
  "aixplain-team-budget": { cap: 500 },
};

/** What every policy accepts. */
const GOOD = {
  budget: 10,
  expiresAt: inDays(30),
  globalLimits: { tokensPerDay: 10, requestsPerDay: 10 },
  assetLimits: [{ model: MODEL, requestsPerDay: 1 }],
};

interface Row {
  readonly policy: string;
  /** In what the key differs from a good one. */
  readonly but: object;
  readonly protect?: boolean;
  /** Whether it stands in the list of the keys that need no rotation. */
  readonly excepted?: boolean;
}

const BAD: Readonly<Record<string, Row>> = {
  eternal: { policy: "aixplain-expiry", but: { expiresAt: undefined } },
  late: { policy: "aixplain-expiry", but: { expiresAt: inDays(90) } },
  unbounded: { policy: "aixplain-budget", but: { budget: undefined } },
  dear: { policy: "aixplain-budget", but: { budget: 101 } },
  unlimited: { policy: "aixplain-global-limits", but: { globalLimits: { tokensPerDay: 10 } } },
  general: { policy: "aixplain-model-limits", but: { assetLimits: undefined } },
  "by-input": {
    policy: "aixplain-token-type",
    but: { globalLimits: { ...GOOD.globalLimits, tokenType: "input" } },
  },
  unprotected: { policy: "aixplain-protection", but: {}, protect: false },
  shouting: { policy: "aixplain-name", but: { name: "SHOUTING" } },
  lasting: { policy: "aixplain-rotation", but: {}, excepted: false },
};

function declaration(name: string, but: object = {}, protect = true): string {
  const args = JSON.stringify({ name, ...GOOD, ...but });
  return `new ApiKey(${JSON.stringify(name)}, ${args}, { protect: ${protect} });`;
}

interface Preview {
  readonly code: number;
  readonly text: string;
  /** `<policy> <resource>` of everything that was told, by its level. */
  readonly told: readonly string[];
}

async function preview(project: CliProject, config?: object): Promise<Preview> {
  const file = join(project.directory, "policies.json");
  if (config) writeFileSync(file, JSON.stringify(config));
  const args = ["preview", "--non-interactive", "--color", "never", "--policy-pack", PACK];
  const { code, stdout, stderr } = await project.backend.run(
    [...args, ...(config ? ["--policy-pack-config", file] : [])],
    { cwd: project.directory, env: project.env, timeoutMs: CLI_TIMEOUT_MS },
  );
  const lines = stdout.matchAll(/- \[(\w+)\] +\[severity: \w+\] +(\S+) +\(\S+: (\S+)\)/g);
  const told = [...lines].map(([, level, policy, resource]) => `${level} ${policy} ${resource}`).sort();
  return { code, text: stdout + stderr, told };
}

describe.each([
  { door: "dynamic", package: "pulumi-aixplain" },
  { door: "plugin", package: "pulumi-aixplain/native" },
])("the policy pack on keys of the $door", ({ door, package: name }) => {
  const seen: Record<string, Preview> = {};

  beforeAll(
    () =>
      withCliProject(async (project) => {
        project.package = name;
        const plugins = `plugins:\n${door === "plugin" ? PROVIDER : ""}${ANALYZER}`;
        writeFileSync(join(project.directory, "Pulumi.yaml"), `name: project\n${RUNTIME}${plugins}`);
        const except = ["good", "unknown", ...Object.keys(BAD).filter((key) => BAD[key]?.excepted !== false)];
        const config = { ...CONFIG, "aixplain-rotation": { except } };

        project.program(declaration("good"));
        seen.good = await preview(project, config);
        const bad = Object.entries(BAD).map(([key, { but, protect }]) => declaration(key, but, protect));
        project.program(bad.join("\n"));
        seen.bad = await preview(project, { ...config, "aixplain-team-budget": { cap: 150 } });
        if (door === "plugin") return;

        project.program(`
          const good = ${JSON.stringify(GOOD)};
          const key = new ApiKey("good", { ...good, name: "good" }, { protect: true });
          const later = key.id.apply(() => 1);
          const globalLimits = { tokensPerDay: later };
          new ApiKey("unknown", { ...good, name: "unknown", budget: later, globalLimits }, { protect: true });`);
        seen.unknown = await preview(project, config);
        project.program('new ApiKey("by-default", { name: "Test API Key" });');
        seen["by default"] = await preview(project);
        seen["wrong configuration"] = await preview(project, { "aixplain-expiry": { maxDays: 0 } });
      }),
    CLI_TIMEOUT_MS,
  );

  test("a program that keeps every rule passes, with all of them mandatory", () => {
    expect(seen.good).toMatchObject({ code: 0, told: [] });
    expect(seen.good?.text).toContain("+ 2 to create");
  });

  test.each(Object.entries(BAD))("the key %s is refused, by its policy alone", (key, { policy }) => {
    expect(seen.bad?.told.filter((line) => line.endsWith(` ${key}`))).toEqual([`mandatory ${policy} ${key}`]);
  });

  test("the preview fails, with the stack's budgets among the reasons", () => {
    expect(seen.bad?.code).toBe(1);
    expect(seen.bad?.told).toHaveLength(Object.keys(BAD).length + 2);
    expect(seen.bad?.text).toContain(
      "The budgets of the stack's keys add up to 181, above the cap of 150 credits",
    );
    expect(seen.bad?.text).toContain('The key "unbounded" has no budget');
  });

  if (door === "plugin") return;

  test("a value that the preview does not know is advisory; what is known to be wrong is refused", () => {
    expect(seen.unknown?.code).toBe(1);
    expect(seen.unknown?.told).toEqual([
      "advisory aixplain-budget unknown",
      "advisory aixplain-global-limits unknown",
      "advisory aixplain-team-budget project-test",
      "advisory aixplain-token-type unknown",
      "mandatory aixplain-global-limits unknown",
    ]);
    expect(seen.unknown?.text).toContain("value at .budget can't be known during preview");
    expect(seen.unknown?.text).toContain("globalLimits.requestsPerDay is not set");
  });

  test("without a configuration, what costs money is mandatory, and the rest is advice", () => {
    expect(seen["by default"]?.code).toBe(1);
    expect(seen["by default"]?.told).toEqual([
      "advisory aixplain-model-limits by-default",
      "advisory aixplain-name by-default",
      "advisory aixplain-rotation by-default",
      "mandatory aixplain-budget by-default",
      "mandatory aixplain-expiry by-default",
      "mandatory aixplain-global-limits by-default",
      "mandatory aixplain-global-limits by-default",
    ]);
  });

  test("a setting outside of its schema is refused by its name", () => {
    expect(seen["wrong configuration"]?.code).toBe(1);
    expect(seen["wrong configuration"]?.text).toContain(
      "aixplain-expiry: maxDays: Must be greater than or equal to 1",
    );
  });
});
