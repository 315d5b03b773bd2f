import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WireKey } from "../../emulator/src/wire/shapes";
import { ADMIN_KEY, CliProcess, call } from "./cli-process";

const ROUNDS = 4;
const AT_ONCE = 3;

test(`of ${AT_ONCE} emulators started at once on a fresh directory exactly one listens, and its writes stay`, async () => {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const data = mkdtempSync(join(tmpdir(), "emulator-race-"));
    const args = ["--port", "0", "--admin-key", ADMIN_KEY, "--data", data, "--quiet"];
    const all = Array.from({ length: AT_ONCE }, () => CliProcess.run(args));
    try {
      const outcomes = await Promise.all(
        all.map((cli) =>
          cli.listening().then(
            (url) => ({ cli, url }),
            () => ({ cli, url: undefined }),
          ),
        ),
      );
      const [winner, ...others] = outcomes.filter(({ url }) => url !== undefined);
      expect(others).toEqual([]);
      for (const { cli, url } of outcomes) {
        if (url !== undefined) continue;
        expect((await cli.exited).code).toBe(1);
        expect(cli.output).toMatch(/is in use by another emulator/);
      }
      expect((await call(winner?.url ?? "", "POST", "/sdk/api-keys", { name: "kept" })).status).toBe(201);
      winner?.cli.signal("SIGTERM");
      await winner?.cli.exited;
      const again = CliProcess.run(args);
      all.push(again);
      const { json } = await call<WireKey[]>(await again.listening(), "GET", "/sdk/api-keys");
      expect(json.map(({ name }) => name)).toEqual(["Admin", "kept"]);
    } finally {
      for (const cli of all) cli.signal("SIGKILL");
      await Promise.all(all.map((cli) => cli.exited));
      rmSync(data, { recursive: true, force: true });
    }
  }
});
