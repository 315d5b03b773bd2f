import { resolve } from "node:path";
import { CLI_TIMEOUT_MS } from "./project";
import { Running, until } from "./running";
import { play } from "./watch";

/** Its name is automatic, so its check reads the account. */
const ONE = 'new ApiKey("key", { budget: 7 });';
const PLANTED_BUG = resolve(__dirname, "../harness/planted-bug.cjs");

describe("errors, as the real CLI shows them", () => {
  test(
    "one that somebody foresaw has its message once among the diagnostics, and no stack",
    play(async (project, watch) => {
      project.emulator.controls.faults.add({
        kind: "status",
        route: "listKeys",
        status: 401,
        times: "always",
      });
      project.program(ONE);
      const { ok, text } = await watch.see(project.preview());
      expect(ok).toBe(false);
      const [, diagnostics = ""] = text.split("Diagnostics:");
      expect(diagnostics.match(/does not accept the admin key/g)).toHaveLength(1);
      expect(diagnostics).not.toMatch(/^ +at |bug/m);
    }),
    CLI_TIMEOUT_MS,
  );

  test(
    "one that nobody foresaw is told to be a bug, with its stack, and none of the secrets in it",
    play(async (project, watch) => {
      project.program(ONE);
      const { ok, text } = await watch.see(
        project.run(["up", "--yes", "--skip-preview"], {
          NODE_OPTIONS: `--require ${PLANTED_BUG}`,
          PLANTED_IN: "ApiKeysApi.create",
          PLANTED_SECRET: project.emulator.adminKey,
        }),
      );
      expect(ok).toBe(false);
      const [, diagnostics = ""] = text.split("Diagnostics:");
      expect(
        diagnostics.match(
          /unexpected error: planted, with \[secret\]\. This is a bug of pulumi-aixplain: report it to /g,
        ),
      ).toHaveLength(1);
      expect(diagnostics.match(/TypeError: planted, with \[secret\]\n +at /g)).toHaveLength(1);
      expect(diagnostics).toMatch(/Caused by: RangeError: below, with \[secret\]\n +at /);
    }),
    CLI_TIMEOUT_MS,
  );

  test(
    "a key that is not as declared can be refreshed and destroyed before any update repaired it",
    play(async (project, watch) => {
      const { controls } = project.emulator;
      project.program(ONE);
      controls.faults.add({ kind: "ignore-fields", route: "createKey", fields: ["budget"] });
      const created = await watch.see(project.up());
      expect(created.ok).toBe(false);
      expect(created.text).toContain("budget 7 -> not set");
      controls.faults.add({ kind: "ignore-fields", route: "updateKey", fields: ["budget"] });
      expect(await watch.see(project.up())).toMatchObject({ ok: false });
      expect(await watch.see(project.run(["refresh", "--yes", "--skip-preview"]))).toMatchObject({
        ok: true,
      });
      expect(await watch.see(project.destroy())).toMatchObject({ ok: true });
      expect(controls.keys().filter(({ isAdmin }) => !isAdmin)).toEqual([]);
    }),
    CLI_TIMEOUT_MS,
  );
});

test(
  "AIXPLAIN_DEBUG shows the calls of a whole life, and no secret in anything that is printed or written",
  play(async (project, watch) => {
    const env = { AIXPLAIN_DEBUG: "1" };
    project.program(`${ONE} new ApiKey("auto", { budget: 1 });`);
    const told: string[] = [];
    for (const command of [
      ["up", "--skip-preview"],
      ["up", "--skip-preview", "--refresh"],
      ["destroy", "--skip-preview"],
    ]) {
      const { ok, text } = await watch.see(project.run([...command, "--yes"], env));
      expect(ok).toBe(true);
      told.push(text);
    }
    const text = told.join("\n");
    for (const { method, path } of project.emulator.controls.requests()) {
      expect(text).toContain(` ${method} ${path}, attempt 1, `);
    }
    expect(text).toMatch(/: 201; received \{.*"accessKey":"\[64 characters\]"/);
  }),
  CLI_TIMEOUT_MS,
);

test(
  "a wait for the account's rate limit is told while it lasts, and Ctrl-C twice ends it",
  play(async (project, watch) => {
    const headers = { "retry-after": "100" };
    project.emulator.controls.faults.add({ kind: "status", route: "listKeys", status: 429, headers });
    project.program(ONE);
    const running = Running.start(project, ["preview"]);
    try {
      await until(() => running.told.includes("Waiting for the account's rate limit"), "the wait was told");
      running.interrupt();
      await until(() => /press \^C again/.test(running.told), "the first Ctrl-C was heard");
      running.interrupt();
      const { ok, text } = await watch.see(running.end());
      expect(ok).toBe(false);
      expect(text).toContain("0 seconds so far, now 101 seconds more, as the platform requests.");
      expect(text).toContain("To stop waiting, press Ctrl-C twice.");
    } finally {
      running.cleanUp();
    }
  }),
  CLI_TIMEOUT_MS,
);
