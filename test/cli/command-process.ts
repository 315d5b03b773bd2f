import { join } from "node:path";
import type { Emulator } from "aixplain-emulator";
import { type RunResult, run } from "../../tools/pulumi-cli/process";

const MAIN = join(__dirname, "..", "..", "dist", "command", "main.js");

export const MODEL = "6661df926d36df3b878e0697";
export const MINI = { id: "669a63646eb56306647e1091", path: "openai/gpt-4o-mini/openai" };

/** Arguments of Node.js that run the built command. */
export const commandLine = (...args: string[]): string[] => [MAIN, ...args];

/** The built command as a process of its own, without a terminal, on the account of an emulator. */
export const command = (
  { adminKey, url }: Pick<Emulator, "adminKey" | "url">,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunResult> =>
  run(process.execPath, commandLine(...args), {
    env: { PATH: process.env.PATH, AIXPLAIN_API_KEY: adminKey, BACKEND_URL: url, ...env },
    timeoutMs: 120_000,
  });

/** Runs a model with a key, so often. */
export async function use(
  { modelsRunUrl }: Emulator,
  accessKey: string,
  times = 1,
  model = MODEL,
): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    const answer = await fetch(`${modelsRunUrl}/${model}`, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: JSON.stringify({ data: "Hello", max_tokens: 5 }),
    });
    if (answer.status !== 200) throw new Error(`the run answered ${answer.status}`);
  }
}

const NO_LIMITS = { tpm: null, tpd: null, rpm: null, rpd: null };

/** Limits of the wire, with none where none is given. */
export const limits = (given: Partial<Record<"tpm" | "tpd" | "rpm" | "rpd", number>>) => ({
  ...NO_LIMITS,
  ...given,
});
