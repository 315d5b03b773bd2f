import { exportedKeys } from "../cli/exported-keys";
import { CLI_TIMEOUT_MS } from "../cli/project";
import { Running, until } from "../cli/running";
import { program, withPluginProject } from "./project";

test(
  "Ctrl-C in a wait for the rate limit ends the run within two seconds, with every key that was made in the state",
  () =>
    withPluginProject(async (project) => {
      const { controls } = project.emulator;
      program(project, 'for (let n = 0; n < 40; n++) new ApiKey("key-" + n, { budget: n });');
      const asked = { status: 429, headers: { "retry-after": "60" } };
      controls.faults.add({ kind: "status", route: "createKey", skip: 5, times: "always", ...asked });
      controls.faults.add({ kind: "delay", route: "createKey", times: "always", ms: 300 });
      const running = Running.start(project, ["up", "--yes", "--skip-preview"]);
      try {
        await until(
          () => /waiting \d+ s before the next call, because of the rate limit/.test(running.told),
          "the wait is told on a resource",
        );
        const struck = performance.now();
        running.interrupt();
        const { ok, text } = await running.end();
        expect(performance.now() - struck).toBeLessThan(2_000);
        expect(ok).toBe(false);
        expect(text).toContain("cancelled before it was done");
        expect(text).toContain("To stop waiting, press Ctrl-C. ");
      } finally {
        running.cleanUp();
      }
      const made = controls.keys().filter(({ isAdmin }) => !isAdmin);
      expect(made).toHaveLength(5);
      const held = exportedKeys(await project.exportedState()).map(({ id }) => id);
      expect(held.sort()).toEqual(made.map(({ id }) => id).sort());
    }),
  CLI_TIMEOUT_MS,
);
