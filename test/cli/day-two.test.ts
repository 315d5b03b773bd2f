import { CLI_TIMEOUT_MS, type CliProject, type Told } from "./project";
import { play } from "./watch";

const MODEL = "6661df926d36df3b878e0697";

/** How the platform answers somebody who uses a key. */
async function use({ emulator }: CliProject, accessKey: string): Promise<number> {
  const { status } = await fetch(`${emulator.url}/api/v2/execute/${MODEL}`, {
    method: "POST",
    headers: { "x-api-key": accessKey, "content-type": "application/json" },
    body: JSON.stringify({ data: "a question" }),
  });
  return status;
}

const keyOf = ({ emulator }: CliProject, name: string) =>
  emulator.controls.keys().find((key) => key.name === name);

const declare = (project: CliProject, args: string): void =>
  project.program(`const key = new ApiKey("key", { name: "key", ${args} });\nexports.key = key.accessKey;`);

test(
  "a suspended key stops at once, and comes back with the same access key, budget and limits",
  play(async (project, watch) => {
    const KEY = 'budget: 9, expiresAt: "2099-01-31", globalLimits: { requestsPerDay: 50 }';
    declare(project, KEY);
    await watch.see(project.up());
    const before = keyOf(project, "key");
    const secret = String(before?.accessKey);
    expect(await use(project, secret)).toBe(200);

    declare(project, `${KEY}, suspended: true`);
    const preview = await watch.see(project.preview());
    expect(preview.text).toContain("will be suspended: the platform will refuse its access key");
    expect(preview.text).toContain("It was used today (1 requests)");
    expect(await use(project, secret)).toBe(200);
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    expect(await use(project, secret)).toBe(401);
    await watch.see(project.run(["refresh", "--yes", "--skip-preview"]));
    expect(await watch.see(project.preview("--expect-no-changes"))).toMatchObject({ ok: true });

    declare(project, KEY);
    expect((await watch.see(project.up())).text).toContain("will work again");
    expect(keyOf(project, "key")).toMatchObject({
      budget: 9,
      expiresAt: before?.expiresAt,
      globalLimits: before?.globalLimits,
      accessKey: secret,
    });
    expect(await use(project, secret)).toBe(200);
    expect(await project.must(["stack", "output", "key", "--show-secrets"])).toContain(secret);
  }),
  CLI_TIMEOUT_MS,
);

test(
  "a boost holds until its day, and the first run from then on ends it without a change of the program",
  play(async (project, watch) => {
    const limit = () => keyOf(project, "key")?.globalLimits?.tpd;
    const at = (instant: string) => project.must(["config", "set", "aixplain:now", instant]);
    declare(
      project,
      'globalLimits: { tokensPerDay: 1000 }, boost: { until: "2099-02-01", globalLimits: { tokensPerDay: 5000 } }',
    );
    await at("2099-01-31T12:00:00Z");
    const words =
      "has higher limits until 2099-02-01, by its boost (ordinary -> now): globalLimits.tokensPerDay 1000 -> 5000";
    expect((await watch.see(project.preview())).text).toContain(words);
    await watch.see(project.up());
    expect(limit()).toBe(5000);
    await at("2099-01-31T23:59:59Z");
    expect(await watch.see(project.preview("--expect-no-changes"))).toMatchObject({ ok: true });
    await at("2099-02-01T00:00:00Z");
    const end = await watch.see(project.preview());
    expect(end.text).toContain(
      "ended on 2099-02-01. This update restores the ordinary limits: globalLimits.tokensPerDay 5000 -> 1000",
    );
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    expect(limit()).toBe(1000);
    const after = await watch.see(project.preview("--expect-no-changes"));
    expect(after).toMatchObject({ ok: true });
    expect(after.text).toContain("boost.until is 2099-02-01, which has passed");
  }),
  CLI_TIMEOUT_MS,
);

test(
  "a key whose resource goes is deleted, left until midnight or kept, as its policy in the state says",
  play(async (project, watch) => {
    const named = (policy: string) =>
      `new ApiKey("${policy}", { name: "${policy}", deletionPolicy: "${policy}" });`;
    const policies = ["delete", "expire", "keep"];
    project.program(policies.map((each) => `new ApiKey("${each}", { name: "${each}" });`).join("\n"));
    await watch.see(project.up());
    const secrets = Object.fromEntries(
      policies.map((each) => [each, String(keyOf(project, each)?.accessKey)]),
    );
    // A policy alone is nothing that the platform hears of.
    project.emulator.controls.faults.add({
      kind: "status",
      route: "updateKey",
      status: 500,
      times: "always",
    });
    project.program(policies.map(named).join("\n"));
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    project.emulator.controls.faults.clear();
    project.program("");
    const gone = await watch.see(project.up());
    expect(gone).toMatchObject({ ok: true });
    expect(gone.text).toContain('stays on the platform, by its deletionPolicy "keep"');
    expect(gone.text).toContain('stays on the platform, by its deletionPolicy "expire"');
    const statuses = async () =>
      Object.fromEntries(
        await Promise.all(policies.map(async (each) => [each, await use(project, secrets[each] ?? "")])),
      );
    expect(await statuses()).toEqual({ delete: 401, expire: 200, keep: 200 });
    project.emulator.controls.clock.advance(24 * 60 * 60 * 1000);
    expect(await statuses()).toEqual({ delete: 401, expire: 401, keep: 200 });
    expect(JSON.parse(await project.exportedState()).deployment.resources ?? []).not.toContainEqual(
      expect.objectContaining({ type: expect.stringContaining("ApiKey") }),
    );
  }),
  CLI_TIMEOUT_MS,
);

test(
  "an existing key is adopted with its access key or without, by one stack after another that is told; a wrong one and an admin key are refused",
  play(async (project, watch) => {
    const { controls } = project.emulator;
    const theirs = controls.createKey({ name: "key", budget: 5 });
    const adopting = (adopt: string) => declare(project, `budget: 7, adopt: ${adopt}`);
    const env = { THEIRS: theirs.accessKey, WRONG: "0123456789abcdef0123456789abcdef" };
    const run = (...args: string[]) => watch.see(project.run(args, env));
    adopting('{ name: "Admin" }');
    const admin = await run("preview");
    expect(admin.ok).toBe(false);
    expect(admin.text).toMatch(/adopt\.name names the key .* which cannot be adopted/);
    adopting('{ name: "key", accessKey: process.env.WRONG }');
    const wrong = await run("up", "--yes", "--skip-preview");
    expect(wrong.ok).toBe(false);
    expect(wrong.text).toContain(`adopt.accessKey does not belong to the key "key" (${theirs.id})`);
    expect(wrong.text).not.toContain(env.WRONG);
    expect(keyOf(project, "key")).toEqual(theirs);

    adopting('{ name: "key", accessKey: process.env.THEIRS }');
    const preview = await run("preview");
    expect(preview.text).toContain(
      "is adopted: this stack manages it from this update on. It changes (live -> declared): budget 5 -> 7.",
    );
    expect(await run("up", "--yes", "--skip-preview")).toMatchObject({ ok: true });
    expect(keyOf(project, "key")).toMatchObject({ id: theirs.id, budget: 7 });
    expect(await project.must(["stack", "output", "key", "--show-secrets"])).toContain(theirs.accessKey);
    declare(project, "budget: 7");
    expect(await run("preview", "--expect-no-changes")).toMatchObject({ ok: true });

    await project.must(["stack", "init", "other"]);
    declare(project, `budget: 8, adopt: { id: ${JSON.stringify(theirs.id)} }`);
    const second = await run("up", "--yes", "--skip-preview");
    expect(second).toMatchObject({ ok: true });
    expect(second.text).toContain("The platform does not show whether another stack manages it");
    expect(second.text).toContain("Its access key stays unknown, and the output accessKey is undefined");
    declare(project, "budget: 7");
    const first = await run("preview", "--stack", "test");
    expect(first.text).toContain("was changed outside of Pulumi: budget 7 -> 8");
  }),
  CLI_TIMEOUT_MS,
);

test(
  "a replacement is refused where a key that is kept has the name of the new one, and what the message advises works",
  play(async (project, watch) => {
    const { controls } = project.emulator;
    const declared = (name: string, more: string) => `new ApiKey("k", { name: "${name}", ${more} });`;
    const refused = async (run: Promise<Told>): Promise<void> => {
      const { ok, text } = await watch.see(run);
      expect(ok).toBe(false);
      expect(text).toContain('cannot be replaced: its deletionPolicy "keep" leaves it on the platform');
      expect(keyOf(project, "second")?.id).toBe(id);
    };
    project.program(declared("first", 'deletionPolicy: "keep", rotationTrigger: "a"'));
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    const { id } = controls.updateKey("first", { name: "second" });
    // By hand the key has got the very name that the new one is to have.
    project.program(declared("second", 'rotationTrigger: "b"'));
    await refused(project.up());
    project.program(declared("second", 'deletionPolicy: "keep", rotationTrigger: "a"'));
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    // Pulumi asks for no diff here.
    const replace = () => project.up("--replace", "**ApiKey::k");
    await refused(replace());
    project.program(declared("second", 'deletionPolicy: "delete", rotationTrigger: "a"'));
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    expect(await watch.see(replace())).toMatchObject({ ok: true });
    expect(keyOf(project, "second")?.id).not.toBe(id);
    project.program(declared("second", 'deletionPolicy: "keep", rotationTrigger: "a"'));
    expect(await watch.see(project.up())).toMatchObject({ ok: true });
    // The program runs, and wants no key any more.
    expect(await watch.see(project.destroy("--run-program"))).toMatchObject({ ok: true });
    expect(keyOf(project, "second")).toBeDefined();
  }),
  CLI_TIMEOUT_MS,
);
