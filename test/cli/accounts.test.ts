import { type Emulator, startEmulator } from "aixplain-emulator";
import { exportedKeys } from "./exported-keys";
import { CLI_TIMEOUT_MS, type CliProject, type Told, withCliProject } from "./project";

const TWO_KEYS = 'new ApiKey("automatic", { budget: 1 }); new ApiKey("fixed", { name: "fixed", budget: 1 });';

const members = ({ controls }: Emulator) => controls.keys().filter(({ isAdmin }) => !isAdmin);

interface Scene {
  readonly told: Readonly<Record<string, Told>>;
  readonly stateBefore: string;
  readonly stateAfter: string;
  readonly right: number;
  readonly wrong: number;
  readonly wrongWrites: readonly string[];
}

/** What a state holds of its keys: ids, inputs and outputs, the access key in clear. */
const keysOf = (exported: string): string =>
  JSON.stringify(exportedKeys(exported).sort((a, b) => (a.urn < b.urn ? -1 : 1)));

/** What an older version has written: the same without the identity of the account. */
const withoutAccount = (exported: string): string => exported.replace(/\s*"__account": "[^"]*",?/g, "");

async function withWrongAccount(
  play: (project: CliProject, wrong: Record<string, string>, other: Emulator) => Promise<void>,
): Promise<void> {
  const other = await startEmulator();
  try {
    await withCliProject(async (project) => {
      project.program(TWO_KEYS);
      expect(await project.up()).toMatchObject({ ok: true });
      await play(project, { AIXPLAIN_API_KEY: other.adminKey, BACKEND_URL: other.url }, other);
    });
  } finally {
    await other.close();
  }
}

describe("the wrong account is selected", () => {
  let scene: Scene;

  beforeAll(
    () =>
      withWrongAccount(async (project, wrong, other) => {
        const stateBefore = keysOf(await project.must(["stack", "export", "--show-secrets"]));
        const yes = ["--yes", "--skip-preview"];
        const told = {
          preview: await project.run(["preview"], wrong),
          destroy: await project.run(["destroy", ...yes], wrong),
          refresh: await project.run(["refresh", ...yes], wrong),
          up: await project.run(["up", ...yes], wrong),
          again: await project.preview("--expect-no-changes"),
        };
        scene = {
          told,
          stateBefore,
          stateAfter: keysOf(await project.must(["stack", "export", "--show-secrets"])),
          right: members(project.emulator).length,
          wrong: members(other).length,
          wrongWrites: other.controls
            .requests()
            .filter(({ method, status }) => method !== "GET" && status < 400)
            .map(({ method, path }) => `${method} ${path}`),
        };
      }),
    CLI_TIMEOUT_MS,
  );

  test.each(["preview", "destroy", "refresh", "up"])(
    "%s is refused with both readings and the setting that says which",
    (command) => {
      const { ok, text } = scene.told[command] ?? { ok: true, text: "" };
      expect(ok).toBe(false);
      expect(text).toMatch(
        /is not in the account 127\.0\.0\.1:\d+#\w+, and the state has the key in the account 127\.0\.0\.1:\d+#\w+\. Nothing was changed/,
      );
      expect(text).toContain("If the run uses the wrong account, correct aixplain:apiKey");
      expect(text).toMatch(/AIXPLAIN_ACCOUNT_ID="127\.0\.0\.1:\d+#\w+"/);
    },
  );

  test("nothing is lost: both keys live, the state is as it was, nothing was written in the other account", () => {
    expect(scene).toMatchObject({ right: 2, wrong: 0, wrongWrites: [] });
    expect(scene.stateAfter).toBe(scene.stateBefore);
  });

  test("with the right account there is nothing to do", () => {
    expect(scene.told.again).toMatchObject({ ok: true });
  });
});

describe("a state that an older version wrote", () => {
  let told: Readonly<Record<string, Told>>;
  let gained: boolean;

  beforeAll(
    () =>
      withWrongAccount(async (project, wrong) => {
        const older = withoutAccount(await project.exportedState());
        expect(older).not.toContain("__account");
        await project.import(older);
        const refused = await project.run(["destroy", "--yes", "--skip-preview"], wrong);
        const preview = await project.preview("--expect-no-changes");
        const refresh = await project.run(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]);
        gained = (await project.exportedState()).includes("__account");
        const [id] = members(project.emulator).map((key) => key.id);
        project.emulator.controls.deleteKey(String(id));
        told = { refused, preview, refresh, gone: await project.destroy() };
      }),
    CLI_TIMEOUT_MS,
  );

  test("says that it does not know the account, and refuses to believe that the keys are gone", () => {
    expect(told.refused?.ok).toBe(false);
    expect(told.refused?.text).toContain("the state does not say which account the key belongs to");
  });

  test("gains the account by a refresh, without a difference", () => {
    expect(told.preview).toMatchObject({ ok: true });
    expect(told.refresh).toMatchObject({ ok: true });
    expect(gained).toBe(true);
  });

  test("a key that is gone in the right account is gone, and destroyed without a word", () => {
    expect(told.gone).toMatchObject({ ok: true });
  });
});

test(
  "the account that the person confirms counts for that run, where the state names another",
  () =>
    withWrongAccount(async (project, wrong, other) => {
      const destroy = ["destroy", "--yes", "--skip-preview"];
      const { text } = await project.run(destroy, wrong);
      const [, account = ""] = /AIXPLAIN_ACCOUNT_ID="([^"]+)"/.exec(text) ?? [];
      const confirmed = await project.run(destroy, { ...wrong, AIXPLAIN_ACCOUNT_ID: account });
      expect(confirmed).toMatchObject({ ok: true });
      expect(members(other)).toEqual([]);
      expect(members(project.emulator)).toHaveLength(2);
    }),
  CLI_TIMEOUT_MS,
);

test(
  "settings that were corrected in the stack reach a destroy with --run-program, as the message says",
  () =>
    withWrongAccount(async (project, wrong) => {
      const none = { AIXPLAIN_API_KEY: undefined, BACKEND_URL: undefined };
      const set = async (key: string | undefined, url: string | undefined): Promise<void> => {
        await project.must(["config", "set", "--secret", "aixplain:apiKey", String(key)]);
        await project.must(["config", "set", "aixplain:backendUrl", String(url)]);
      };
      await set(wrong.AIXPLAIN_API_KEY, wrong.BACKEND_URL);
      const destroy = ["destroy", "--yes", "--skip-preview", "--run-program"];
      expect((await project.run(destroy, none)).text).toContain("unless you add --run-program");
      expect(members(project.emulator)).toHaveLength(2);
      await set(project.env.AIXPLAIN_API_KEY, project.env.BACKEND_URL);
      expect(await project.run(destroy, none)).toMatchObject({ ok: true });
      expect(members(project.emulator)).toHaveLength(0);
    }),
  CLI_TIMEOUT_MS,
);

describe("--replace of an automatically named key in the wrong account, of whose state Pulumi tells the provider nothing", () => {
  const told: Record<string, Told> = {};
  const names: Record<string, readonly string[]> = {};
  let ids: Readonly<Record<"old" | "elsewhere", string | undefined>>;

  beforeAll(
    () =>
      withWrongAccount(async (project, wrong, other) => {
        const [, account = ""] = /"__account": "([^"]+)"/.exec(await project.exportedState()) ?? [];
        const confirmed = { AIXPLAIN_ACCOUNT_ID: account };
        const replace = ["--replace", "**ApiKey::automatic"];
        const up = ["up", "--yes", "--skip-preview"];
        const look = (title: string): void => {
          names[title] = members(other).map(({ name }) => name);
        };
        // The other key would be compared, and stop the run.
        project.program('new ApiKey("automatic", { budget: 1 });');
        expect(await project.up()).toMatchObject({ ok: true });
        told.preview = await project.run(["preview", ...replace], { ...wrong, ...confirmed });
        told.pinned = await project.run([...up, ...replace], { ...wrong, ...confirmed });
        look("pinned");
        const [old] = members(project.emulator);
        told.replaced = await project.run([...up, ...replace], wrong);
        look("replaced");
        ids = { old: old?.id, elsewhere: members(other)[0]?.id };
        names.alive = members(project.emulator).map(({ id }) => id);
        told.asAdvised = await project.run(up, confirmed);
        told.calm = await project.preview("--expect-no-changes");
        names.after = members(project.emulator).map(({ id }) => id);
      }),
    CLI_TIMEOUT_MS,
  );

  test.each(["preview", "pinned"])(
    "%s: refused before anything is done where a setting names the account",
    (title) => {
      expect(told[title]?.ok).toBe(false);
      expect(told[title]?.text).toMatch(
        /was not created: this run uses the account \S+, and aixplain:accountId/,
      );
      expect(names.pinned).toEqual([]);
    },
  );

  test("without that setting the old key is not deleted, and both keys are told by their ids", () => {
    expect(told.replaced?.ok).toBe(false);
    expect(names.alive).toEqual([ids.old]);
    expect(told.replaced?.text).toMatch(
      new RegExp(
        `\\(${ids.old}\\) was not deleted: .* has created its replacement there \\(${ids.elsewhere}\\)`,
      ),
    );
    expect(told.replaced?.text).not.toContain("Nothing was changed");
  });

  test("what the message advises ends with one key, in the right account, and nothing left to do", () => {
    expect(told.asAdvised).toMatchObject({ ok: true });
    expect(told.calm).toMatchObject({ ok: true });
    expect(names.after).toHaveLength(1);
    expect(names.after).not.toEqual([ids.old]);
  });
});
