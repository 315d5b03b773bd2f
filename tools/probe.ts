import { parseArgs } from "node:util";
import { ProbeError, probe, type Result } from "./probe/probe";
import { Service } from "./probe/service";

const HELP = `npm run probe -- --url URL [--write] [--json]

Asks a service which of the emulator's assumptions hold (docs/emulator-differences.md). The admin key is read from
AIXPLAIN_API_KEY and is never printed. Without --write nothing but GET is sent.

  --url URL        the management API, for example https://platform-api.aixplain.com
  --runs-url URL   where models run (default: https://models.aixplain.com/api/v2/execute; for any other --url: URL/api/v2/execute)
  --write          make one throwaway key, change it, try one run with it, remove it again;
                   and write the admin key's own values back to it, where it is listed
  --model ID       the model of that run (default: the guide's 6661df926d36df3b878e0697)
  --json           the findings as JSON
`;
const PLATFORM = "https://platform-api.aixplain.com";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: "string" },
      "runs-url": { type: "string" },
      write: { type: "boolean", default: false },
      model: { type: "string", default: "6661df926d36df3b878e0697" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const url = addressOf("--url", values.url);
  const runsUrl =
    values["runs-url"] === undefined
      ? url === PLATFORM
        ? "https://models.aixplain.com/api/v2/execute"
        : `${url}/api/v2/execute`
      : addressOf("--runs-url", values["runs-url"]);
  const adminKey = process.env.AIXPLAIN_API_KEY;
  if (!adminKey) throw new ProbeError("set AIXPLAIN_API_KEY to an admin key of the account");
  const service = new Service({ url, runsUrl, adminKey });
  const results = await probe({ service, write: values.write, model: values.model });
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : report(results));
}

function addressOf(flag: string, text: string | undefined): string {
  const url = text === undefined || !URL.canParse(text) ? undefined : new URL(text);
  if (url === undefined) throw new ProbeError(`${flag} needs an address such as ${PLATFORM}`);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback)) {
    throw new ProbeError(`${flag} must be https: an admin key is sent there`);
  }
  return url.href.replace(/\/+$/, "");
}

function report(results: readonly Result[]): string {
  const word = (holds: boolean | undefined) =>
    holds === undefined ? "UNCLEAR" : holds ? "holds" : "DIFFERS";
  return results
    .map(
      ({ id, assumption, holds, saw }) =>
        `${word(holds).padEnd(8)} ${id.padEnd(14)} ${assumption} (${saw})\n`,
    )
    .join("");
}

main().catch((error: unknown) => {
  const text =
    error instanceof ProbeError || error instanceof TypeError ? error.message : (error as Error).stack;
  process.stderr.write(`probe: ${text}\n`);
  process.exitCode = 1;
});
