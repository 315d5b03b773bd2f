import { delimiter, join } from "node:path";
import { generateSdks } from "../../../tools/sdks/generate";
import { pythonHost } from "../../languages/python";
import type { StandIn } from "./copy";

const GENERATE = /^pulumi package gen-sdk .*--language python.*$/m;

/** A language host that is built here, and an SDK from the repository's own run of the generator: that host has none. */
export async function pythonStandIn(directory: string): Promise<StandIn> {
  const sdks = join(directory, "generated");
  await generateSdks(sdks);
  const copy = `mkdir -p sdks && cp -r "${join(sdks, "python")}" sdks/python`;
  const host = await pythonHost(join(directory, "python-host"));
  return {
    // That host does not know the option `virtualenv` as today's CLI passes it.
    bin: [host, join(directory, "python", "venv", "bin")].join(delimiter),
    instead: (commands) => commands.replace(GENERATE, copy),
  };
}
