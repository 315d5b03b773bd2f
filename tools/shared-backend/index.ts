import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discard } from "../pulumi-cli/cache";
import type { Overrides, PulumiCli } from "../pulumi-cli/cli";
import { withoutUserSettings } from "../pulumi-cli/temporary-backend";
import { Runner } from "./runner";
import { S3Server } from "./server";

export { NoGatewayError } from "./errors";
export { ensureGateway } from "./gateway";
export type { Runner } from "./runner";
export type { StorageCounts } from "./storage-tally";

/** A state that several runners share, on an S3-compatible server. */
export interface SharedBackend {
  readonly server: S3Server;
  /** A runner with its own home and checkout. `env` contains the settings of the platform. */
  runner(name: string, env: Overrides): Runner;
}

export async function withSharedBackend<T>(
  cli: PulumiCli,
  gateway: string,
  use: (backend: SharedBackend) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "pulumi-aixplain-shared-"));
  try {
    const server = await S3Server.start(gateway, join(directory, "server"));
    try {
      return await use({
        server,
        runner: (name, env) => {
          const place = join(directory, "runners", name);
          return new Runner(cli, place, {
            ...withoutUserSettings(process.env),
            ...server.env,
            PULUMI_HOME: join(place, "home"),
            PULUMI_CONFIG_PASSPHRASE: "shared by the team",
            TMPDIR: join(place, "tmp"),
            NO_COLOR: "1",
            ...env,
          });
        },
      });
    } finally {
      await server.stop();
    }
  } finally {
    discard(directory);
  }
}
