import type { Emulator } from "aixplain-emulator";
import { CLI_TIMEOUT_MS, type Told, withCliProject } from "./project";

const keyOf = ({ controls }: Emulator, name: string) => {
  const found = controls.keys().find((key) => key.name === name || key.name.startsWith(`${name}-`));
  if (!found) throw new Error(`no key ${name}`);
  return found;
};

const LIMITS = "globalLimits: { tokensPerDay: 10, requestsPerDay: 20 }";

describe("ignoreChanges", () => {
  const told: Record<string, Told> = {};
  let afterDrift: object;
  let afterUpdate: object;

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const program = (expiry: string): string => `
          new ApiKey("whole", { name: "whole", budget: 1, expiresAt: "${expiry}" }, { ignoreChanges: ["budget"] });
          new ApiKey("nested", { name: "nested", ${LIMITS}, expiresAt: "${expiry}" }, { ignoreChanges: ["globalLimits.tokensPerDay"] });
          new ApiKey("models", { name: "models", assetLimits: [{ model: "6661df926d36df3b878e0697", tokensPerDay: 1, requestsPerDay: 2 }], expiresAt: "${expiry}" },
            { ignoreChanges: ["assetLimits[*].tokensPerDay"] });`;
        project.program(program("2099-01-01"));
        await project.up();
        controls.updateKey("whole", { budget: 500 });
        controls.updateKey("nested", { globalLimits: { tpd: 777, rpd: 20 } });
        controls.updateKey("models", {
          assetsLimits: [{ assetId: "6661df926d36df3b878e0697", tpd: 88, rpd: 2 }],
        });
        told.drift = await project.preview("--expect-no-changes");
        await project.up();
        const live = () => ({
          budget: keyOf(project.emulator, "whole").budget,
          nested: keyOf(project.emulator, "nested").globalLimits,
          models: keyOf(project.emulator, "models").assetsLimits,
        });
        afterDrift = live();
        project.program(program("2099-02-02"));
        told.update = await project.up();
        afterUpdate = live();
        controls.updateKey("nested", { globalLimits: { tpd: 777, rpd: 21 } });
        told.heeded = await project.preview();
        project.program('new ApiKey("x", {}, { ignoreChanges: ["assetLimits[0].tokensPerDay"] });');
        told.place = await project.preview();
      }),
    CLI_TIMEOUT_MS,
  );

  const LIVE = {
    budget: 500,
    nested: { tpd: 777, rpd: 20 },
    models: [{ tpd: 88, rpd: 2 }],
  };

  test("protects what somebody set on the platform: no difference, and nothing is written back", () => {
    expect(told.drift).toMatchObject({ ok: true });
    expect(afterDrift).toMatchObject(LIVE);
  });

  test("protects it also where something else of the key is updated", () => {
    expect(told.update?.text).toContain("3 updated");
    expect(afterUpdate).toMatchObject(LIVE);
  });

  test("protects nothing else: drift beside it is told and put right", () => {
    expect(told.heeded?.text).toContain("globalLimits.requestsPerDay 20 -> 21");
  });

  test("refuses a place in the set of models, which has no order", () => {
    expect(told.place?.ok).toBe(false);
    expect(told.place?.text).toContain('write "assetLimits", or "assetLimits[*].<limit>" for every model');
    expect(told.place?.text).not.toContain("    at ");
  });
});

describe("other options", () => {
  const told: Record<string, Told> = {};
  let ids: readonly (readonly [string, string])[];
  let idsAfter: readonly (readonly [string, string])[];
  let undefinedName: string;

  beforeAll(
    () =>
      withCliProject(async (project) => {
        const { controls } = project.emulator;
        const transformed = (budget: number): string => `
          pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
            type.endsWith(":ApiKey") && props.byTransform === undefined && props.budget === 77
              ? { props: { ...props, name: "by-transform" }, opts } : undefined);
          new ApiKey("transformed", { budget: 77 });
          new ApiKey("replaced", { name: "replaced", budget: ${budget} }, { replaceOnChanges: ["budget"] });
          new ApiKey("healthy", { budget: 5 });
          new ApiKey("unnamed", { name: pulumi.output(undefined), budget: 6 });`;
        project.program(transformed(1));
        told.first = await project.up();
        const all = () =>
          ["by-transform", "replaced", "healthy", "unnamed"].map(
            (name) => [name, keyOf(project.emulator, name).id] as const,
          );
        ids = all();
        undefinedName = keyOf(project.emulator, "unnamed").name;
        project.program(transformed(2));
        told.replaceOnChanges = await project.up();
        const urn = (name: string) => `**ApiKey::${name}`;
        told["--replace, preview"] = await project.run([
          "preview",
          "--replace",
          urn("healthy"),
          "--replace",
          urn("transformed"),
        ]);
        told["--replace"] = await project.run([
          "up",
          "--yes",
          "--skip-preview",
          "--replace",
          urn("healthy"),
          "--replace",
          urn("transformed"),
        ]);
        const state = await project.exportedState();
        const [taint = ""] = /urn:[^"]*::healthy/.exec(state) ?? [];
        told.mark = await project.run(["state", "taint", taint, "--yes"]);
        told["taint, preview"] = await project.preview();
        told.taint = await project.up();
        idsAfter = all();
        project.program('new ApiKey("x", {}, { import: "some-id", customTimeouts: { create: "5m" } });');
        told.refused = await project.preview();
        expect(controls.keys()).toHaveLength(5);
      }),
    CLI_TIMEOUT_MS,
  );

  const changed = (name: string): boolean =>
    ids.find(([each]) => each === name)?.[1] !== idsAfter.find(([each]) => each === name)?.[1];

  test("replaceOnChanges replaces", () => {
    expect(told.replaceOnChanges?.text).toMatch(/replaced replaced/);
    expect(changed("replaced")).toBe(true);
  });

  test("a name set by a transformation works with --replace", () => {
    expect(told["--replace"]).toMatchObject({ ok: true });
    expect(changed("by-transform")).toBe(true);
  });

  test.each(["--replace, preview", "--replace", "taint, preview", "taint"])(
    "%s of a healthy key says nothing of leftovers and advises no deletion",
    (title) => {
      expect(told[title]).toMatchObject({ ok: true });
      expect(told[title]?.text).not.toMatch(/interrupted run|pulumi-aixplain delete|no state knows/);
    },
  );

  test("a name that turns out undefined is as if left out: automatic, and of this resource alone", () => {
    expect(told.first).toMatchObject({ ok: true });
    expect(undefinedName).toMatch(/^unnamed-[0-9a-f]{7}$/);
  });

  test("import and customTimeouts are refused in one sentence each that points to what works", () => {
    expect(told.refused?.ok).toBe(false);
    expect(told.refused?.text).toContain(
      "import does not work with a dynamic provider: read the key with ApiKey.get",
    );
    expect(told.refused?.text).toContain("pulumi config set aixplain:timeoutSeconds");
    expect(told.refused?.text).not.toContain("    at ");
  });
});
