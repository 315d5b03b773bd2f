import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { ensurePulumi, type PulumiCli, withTemporaryBackend } from "../pulumi-cli";
import { ProjectCopy } from "./project";
import { GuideStack } from "./stack";
import { Story, type Terminal } from "./terminal";
import { type Stage, walkThroughTheGuide } from "./walk";

export { FailedCheckError } from "./walk";

export interface DemoOptions {
  readonly cli?: PulumiCli;
  readonly play?: (stage: Stage) => Promise<void>;
}

/** Runs the guide with a real CLI against an emulator on a free port, in a temporary directory. */
export async function demo(terminal: Terminal, options: DemoOptions = {}): Promise<void> {
  const cli = options.cli ?? (await ensurePulumi());
  const story = new Story(terminal);
  const emulator = await startEmulator();
  try {
    // A stopped clock, so that no minute ends between two requests.
    emulator.controls.clock.set(Date.now());
    story.title(`The aiXplain guide, declared. Pulumi ${cli.version} against an emulator at ${emulator.url}`);
    await withTemporaryBackend(cli, async (backend) => {
      const project = new ProjectCopy(join(backend.directory, "guide"), "guide");
      // The user's settings must not reach the demo.
      const env = { AIXPLAIN_API_KEY: "", TEAM_API_KEY: "", BACKEND_URL: "", NO_COLOR: "1" };
      const stack = new GuideStack((args, run) => backend.run(args, run), project.directory, env);
      await stack.init(emulator.adminKey, emulator.url);
      await (options.play ?? walkThroughTheGuide)({ story, emulator, stack, project });
    });
  } finally {
    await emulator.close();
  }
}
