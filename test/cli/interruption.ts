import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../../tools/pulumi-cli/process";
import { exportedKeys } from "./exported-keys";
import type { CliProject } from "./project";
import { Running, until, VICTIMS, type Victim } from "./running";
import { filesBelow, filesWith } from "./secrets";

const KEYS = 20;
const isFixed = (name: string): boolean => name.startsWith("fixed-");
/** Every answer of the emulator takes so long: creates are under way when the kill comes. */
export const LATENCY_MS = 80;
const COMMAND = join(__dirname, "..", "..", "dist", "cli.js");

/** Every fifth key has a name of its own choosing. */
export const PROGRAM = `
for (let n = 0; n < ${KEYS}; n++) {
  const name = n % 5 === 2 ? { name: "fixed-" + Math.floor(n / 5) } : {};
  new ApiKey("key-" + n, { ...name, budget: n + 1, globalLimits: { requestsPerDay: n } });
}
`;

/** When to kill, and whom: as soon as the server has so many keys, and then after so long. */
export interface Moment {
  readonly victim: Victim;
  readonly keys: number;
  readonly thenMs: number;
}

/** Sometimes before the first key, mostly in the midst of the creates, sometimes after the last. */
export function moment(random: () => number): Moment {
  const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? "cli";
  return { victim, keys: Math.floor(random() * (KEYS + 1)), thenMs: random() * 2 * LATENCY_MS };
}

const secret = z.object({ plaintext: z.string() });

interface Managed {
  readonly id: string;
  readonly accessKey: string;
}

/** The keys that the state knows, each with its access key. */
async function managed(project: CliProject): Promise<Managed[]> {
  const text = await project.must(["stack", "export", "--show-secrets"]);
  return exportedKeys(text).flatMap(({ id, outputs }) =>
    id === undefined
      ? []
      : [{ id, accessKey: String(JSON.parse(secret.parse(outputs.accessKey).plaintext)) }],
  );
}

/** What one interrupted run came to. */
export interface Outcome {
  readonly moment: Moment;
  /** Whether the victim was there to be killed. */
  readonly struck: boolean;
  /** Keys on the server that no state knew after the kill. */
  readonly orphans: number;
  /** Whether one of them has a fixed name: the next run then fails, and the one after its removal does not. */
  readonly inTheWay: boolean;
  /** Whether the file backend itself had to be put right. */
  readonly repaired: boolean;
  /** What is not as it has to be. */
  readonly wrong: readonly string[];
}

/** Interrupts an update of twenty keys at one moment, and then does what a person would do. */
export async function interrupt(project: CliProject, when: Moment): Promise<Outcome> {
  const { controls, adminKey } = project.emulator;
  const wrong: string[] = [];
  const live = () => controls.keys().filter(({ isAdmin }) => !isAdmin);
  const running = Running.start(project, ["up", "--yes", "--skip-preview"]);
  let struck = false;
  try {
    await until(() => running.ended || live().length >= when.keys, "the first update comes to its moment");
    const started = performance.now();
    await until(() => running.ended || performance.now() - started >= when.thenMs, "the moment comes");
    struck = running.strike(when.victim);
    await running.end();
    await settled(project);
  } finally {
    running.cleanUp();
  }
  const repaired = repairBackend(project.backend.directory);
  await project.must(["cancel", "--yes"]);
  const known = new Set((await managed(project)).map(({ id }) => id));
  const orphans = live().filter(({ id }) => !known.has(id));
  const canaries = [adminKey, ...live().map(({ accessKey }) => accessKey)];

  const next = await project.run(["up", "--yes"]);
  let told = next.text;
  for (const { id, name } of orphans) {
    const named = next.text.includes(`npx pulumi-aixplain delete ${id}`);
    if (!named) wrong.push(`the next run did not name the orphan ${name} (${id}): ${next.text.slice(-1500)}`);
  }
  await removeNamed(project, next.text);
  const inTheWay = orphans.some(({ name }) => isFixed(name));
  if (next.ok === inTheWay)
    wrong.push(`the next run ${next.ok ? "went well" : "failed"}: ${next.text.slice(-1500)}`);
  if (!next.ok) {
    const last = await project.up();
    told += last.text;
    if (!last.ok) wrong.push(`no convergence: ${last.text.slice(-1500)}`);
  }
  canaries.push(...live().map(({ accessKey }) => accessKey));
  const end = await managed(project);
  const onServer = new Map(live().map(({ id, accessKey }) => [id, accessKey]));
  if (end.length !== KEYS) wrong.push(`the state has ${end.length} keys instead of ${KEYS}`);
  if (onServer.size !== KEYS) wrong.push(`the server has ${onServer.size} keys instead of ${KEYS}`);
  for (const { id, accessKey } of end) {
    if (onServer.get(id) !== accessKey)
      wrong.push(`the state has another access key of ${id} than the server`);
  }
  wrong.push(
    ...filesWith(project.backend.directory, canaries).map((file) => `${file} holds a secret in plain text`),
  );
  if (canaries.some((each) => told.includes(each))) wrong.push("a secret was printed");
  return { moment: when, struck, orphans: orphans.length, inTheWay, repaired, wrong };
}

/**
 * Pulumi's file backend writes the state itself atomically, but not the `.attrs` file beside it, which then ends a run with
 * "failed to load checkpoint: EOF" until it is removed. Nothing stands in it that anybody needs.
 */
function repairBackend(directory: string): boolean {
  const broken = filesBelow(directory).filter((file) => file.endsWith(".attrs") && statSync(file).size === 0);
  for (const file of broken) rmSync(file);
  return broken.length > 0;
}

/** A provider that outlived the CLI may still have a create on its way: nothing new has come for a while. */
async function settled({ emulator: { controls } }: CliProject): Promise<void> {
  let seen = -1;
  let since = performance.now();
  await until(() => {
    const requests = controls.requests().length + controls.keys().length;
    if (requests !== seen) since = performance.now();
    seen = requests;
    return performance.now() - since > 3 * LATENCY_MS;
  }, "the server comes to rest");
}

/** Runs the commands that were told, as they were told. */
async function removeNamed({ emulator }: CliProject, told: string): Promise<void> {
  const ids = new Set([...told.matchAll(/npx pulumi-aixplain delete (\w+)/g)].map(([, id]) => id ?? ""));
  const env = { ...process.env, AIXPLAIN_API_KEY: emulator.adminKey, BACKEND_URL: emulator.url };
  for (const id of ids) {
    const { code, stderr } = await run(process.execPath, [COMMAND, "delete", id], { env });
    if (code !== 0) throw new Error(`the told command failed: ${stderr}`);
  }
}
