import { rmSync, statSync } from "node:fs";
import { z } from "zod";
import { Colleague, type Wishes } from "./colleague";
import { exportedKeys } from "./exported-keys";
import { CHANGED, CHANGED_BUT_KEPT, FIRST, fixedNames, type Program, sourceOf } from "./interrupted-program";
import type { CliProject } from "./project";
import { Running, until, VICTIMS, type Victim } from "./running";
import { filesBelow, filesWith } from "./secrets";

/** Every answer of the emulator takes so long: writes are under way when the kill comes. */
export const LATENCY_MS = 80;

/** When to kill, and whom: as soon as the server has answered so many writes, and then after so long. */
export interface Moment {
  /** Whether the update that creates every key is killed, or the one after it that renames and changes them. */
  readonly update: "first" | "second";
  readonly victim: Victim;
  readonly writes: number;
  readonly thenMs: number;
  /** What somebody else does while the update is under way, and after it was killed. */
  readonly before: Wishes;
  readonly after: Wishes;
}

const wishes = (random: () => number): Wishes => ({
  fixed: random() < 0.25,
  automatic: random() < 0.5,
  which: random(),
});

/** Sometimes before the first write, mostly in the midst of them, sometimes after the last. */
export function moment(random: () => number): Moment {
  const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? "cli";
  return {
    update: random() < 0.5 ? "first" : "second",
    victim,
    writes: Math.floor(random() * (FIRST.keys.length + 1)),
    thenMs: random() * 2 * LATENCY_MS,
    before: wishes(random),
    after: wishes(random),
  };
}

const secret = z.object({ plaintext: z.string() });

interface Managed {
  readonly logicalName: string;
  readonly id: string;
  readonly accessKey: string;
}

async function managed(project: CliProject): Promise<Managed[]> {
  const text = await project.must(["stack", "export", "--show-secrets"]);
  return exportedKeys(text).flatMap(({ id, urn, outputs }) =>
    id === undefined
      ? []
      : [
          {
            id,
            logicalName: urn.split("::").at(-1) ?? "",
            accessKey: String(JSON.parse(secret.parse(outputs.accessKey).plaintext)),
          },
        ],
  );
}

export interface Outcome {
  readonly moment: Moment;
  readonly struck: boolean;
  /** Keys of the stack on the server that no state knew after the kill. */
  readonly orphans: number;
  readonly foreign: number;
  /** Whether a name that the program chose was in the way: the next run fails, and the one after it does not. */
  readonly inTheWay: boolean;
  /** Whether the file backend itself had to be put right. */
  readonly repaired: boolean;
  readonly wrong: readonly string[];
}

const tail = (text: string): string => text.slice(-3000);

export async function interrupt(project: CliProject, when: Moment): Promise<Outcome> {
  const { controls, adminKey } = project.emulator;
  const wrong: string[] = [];
  const live = () => controls.keys().filter(({ isAdmin }) => !isAdmin);
  const colleague = new Colleague(project.emulator);
  project.program(sourceOf(FIRST));
  if (when.update === "second") await project.must(["up", "--yes", "--skip-preview"]);
  const [killed, final] = when.update === "first" ? [FIRST, CHANGED_BUT_KEPT] : [CHANGED, CHANGED];
  project.program(sourceOf(killed));
  const struck = await strike(project, when, () => colleague.work(when.before, killed, "before"));
  const repaired = repairBackend(project.backend.directory);
  await project.must(["cancel", "--yes"]);
  const known = new Set((await managed(project)).map(({ id }) => id));
  const orphans = live().filter(({ id }) => !known.has(id) && !colleague.ids.has(id));
  const canaries = [adminKey, ...live().map(({ accessKey }) => accessKey)];
  await colleague.work(when.after, final, "after");

  // The person goes on with the program that is in the repository by then.
  project.program(sourceOf(final));
  const next = await project.run(["up", "--yes"]);
  let told = next.text;
  const wanted = fixedNames(final);
  const inTheWay = live().filter(
    ({ id, name }) => wanted.includes(name) && next.text.includes(`is taken by the key ${id}`),
  );
  if (!next.ok) {
    if (inTheWay.length === 0) wrong.push(`the next run failed without a reason: ${tail(next.text)}`);
    // What was told, after a look at whose it is: a key of our own is removed, a colleague is asked.
    removeTold(project, next.text, orphans);
    colleague.giveWay(wanted);
    const last = await project.up();
    told += last.text;
    if (!last.ok) wrong.push(`no convergence: ${tail(last.text)}`);
  }
  for (const { id, name } of orphans) {
    if (!told.includes(id)) wrong.push(`the orphan ${name} (${id}) was not named: ${tail(told)}`);
  }
  if (/pulumi-aixplain delete/.test(told)) wrong.push(`a deletion was advised: ${tail(told)}`);
  removeTold(project, told, orphans);
  canaries.push(...live().map(({ accessKey }) => accessKey));
  wrong.push(...(await wrongAtTheEnd(project, final, colleague)));
  wrong.push(
    ...filesWith(project.backend.directory, canaries).map((file) => `${file} holds a secret in plain text`),
  );
  if (canaries.some((each) => told.includes(each))) wrong.push("a secret was printed");
  const foreign = colleague.ids.size;
  return {
    moment: when,
    struck,
    orphans: orphans.length,
    foreign,
    inTheWay: inTheWay.length > 0,
    repaired,
    wrong,
  };
}

/** Runs an update, lets a colleague work in its midst, and kills it at its moment. Answers whether the victim was there. */
async function strike(project: CliProject, when: Moment, meanwhile: () => Promise<void>): Promise<boolean> {
  const { controls } = project.emulator;
  controls.requests.clear();
  const writes = () =>
    controls.requests().filter(({ method, route }) => method !== "GET" && route !== "runModel");
  const running = Running.start(project, ["up", "--yes", "--skip-preview"]);
  const comesTo = (count: number) =>
    until(() => running.ended || writes().length >= count, `the update comes to ${count} writes`);
  try {
    await comesTo(Math.floor(when.writes / 2));
    await meanwhile();
    await comesTo(when.writes);
    const started = performance.now();
    await until(() => running.ended || performance.now() - started >= when.thenMs, "the moment comes");
    const struck = running.strike(when.victim);
    await running.end();
    await settled(project);
    return struck;
  } finally {
    running.cleanUp();
  }
}

/** The state has what the program declares, and the server that, the colleague's keys and nothing else. */
async function wrongAtTheEnd(project: CliProject, program: Program, colleague: Colleague): Promise<string[]> {
  const wrong: string[] = [];
  const live = project.emulator.controls.keys().filter(({ isAdmin }) => !isAdmin);
  const onServer = new Map(live.map((key) => [key.id, key]));
  const end = await managed(project);
  const { keys, budget } = program;
  if (end.length !== keys.length) wrong.push(`the state has ${end.length} keys instead of ${keys.length}`);
  for (const { logicalName, id, accessKey } of end) {
    const key = onServer.get(id);
    onServer.delete(id);
    if (key?.accessKey !== accessKey)
      wrong.push(`the state has another access key of ${logicalName} (${id}) than the server`);
    if (colleague.ids.has(id)) wrong.push(`${logicalName} has the colleague's key ${id}`);
    const declared = keys.find((each) => each.logicalName === logicalName);
    const name = declared?.name ?? key?.name;
    const automatic = declared?.name === undefined && !key?.name.startsWith(`${logicalName}-`);
    if (!declared || automatic || key?.name !== name || key?.budget !== budget)
      wrong.push(`${logicalName} is not as declared: ${key?.name}, budget ${key?.budget}`);
  }
  for (const id of colleague.ids) if (!onServer.delete(id)) wrong.push(`the colleague's key ${id} is gone`);
  for (const { id, name } of onServer.values()) wrong.push(`nobody knows the key ${name} (${id})`);
  return wrong;
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

/** Removes the keys of our own that were named. Whose a key is, the person finds out; here the test knows. */
function removeTold(
  { emulator: { controls } }: CliProject,
  told: string,
  orphans: readonly { readonly id: string }[],
): void {
  const there = new Set(controls.keys().map(({ id }) => id));
  for (const { id } of orphans) if (told.includes(id) && there.has(id)) controls.deleteKey(id);
}
