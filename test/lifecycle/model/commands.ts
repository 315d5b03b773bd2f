import fc from "fast-check";
import type { KeyEdit } from "../../../emulator/src/index";
import type { Properties } from "../../harness/front-door";
import type { Declaration } from "../../harness/stack";
import { MINI } from "../../harness/stage";
import { declarations, edits, FIXED_NAMES, faults } from "./arbitraries";
import type { Trouble, World } from "./world";

/** Nothing is predicted but what always holds, so the model is empty. */
type Model = Record<string, never>;
export type Command = fc.AsyncCommand<Model, World>;

const command = (title: string, given: unknown, act: (world: World) => Promise<void>): Command => ({
  check: () => true,
  run: (_, world) => act(world),
  toString: () => `${title}(${given === undefined ? "" : JSON.stringify(given)})`,
});

const numbers = (limits: Properties | undefined) =>
  limits && {
    tpm: limits.tokensPerMinute ?? null,
    tpd: limits.tokensPerDay ?? null,
    rpm: limits.requestsPerMinute ?? null,
    rpd: limits.requestsPerDay ?? null,
  };

/** What the platform has to hold for a declaration, worked out without a line of the provider. */
function expected(declaration: Declaration): object {
  const { name, budget, expiresAt, globalLimits, assetLimits } = declaration;
  const assets = (assetLimits ?? []) as Properties[];
  const idOf = (model: unknown): unknown => (model === MINI.path ? MINI.id : model);
  const inOrder = assets.map((each) => ({ assetId: idOf(each.model), ...numbers(each) }));
  return {
    ...(name === undefined ? {} : { name }),
    budget: budget ?? null,
    expiresAt: expiresAt === undefined ? null : Date.parse(`${String(expiresAt)}T00:00:00Z`),
    globalLimits:
      globalLimits === undefined ? null : expect.objectContaining(numbers(globalLimits as Properties) ?? {}),
    assetsLimits: expect.arrayContaining(inOrder.map((each) => expect.objectContaining(each))),
  };
}

/** An update on a calm day: it succeeds, or it is told whose key is in the way; and then nothing is left to do. */
async function calm(world: World, declaration: Declaration): Promise<void> {
  await world.newRun();
  const first = await world.operate((key) => key.up(declaration));
  if (first instanceof Error) {
    const inTheWay = [...world.named].some((id) => first.message.includes(id) && world.on(id));
    expect(inTheWay ? "" : first.message).toBe("");
    world.clearUp();
    await world.newRun();
    expect(await world.operate((key) => key.up(declaration))).not.toBeInstanceOf(Error);
  }
  expect(world.live).toMatchObject(expected(declaration));
  expect(world.live?.assetsLimits).toHaveLength(((declaration.assetLimits as unknown[]) ?? []).length);
  const { name, budget, expiresAt } = world.key.held?.outs ?? {};
  const { budget: credits, expiresAt: date } = declaration;
  expect({ name, budget, expiresAt }).toEqual({ name: world.live?.name, budget: credits, expiresAt: date });
  world.expectNoUnknownKey();
  await world.newRun();
  world.stage.forgetTold();
  expect(await world.operate((key) => key.up(declaration))).toBe("same");
  expect(world.stage.told()).not.toContain("Drift");
}

const up = (declaration: Declaration, trouble: Trouble, replace: boolean): Command =>
  command("up", { declaration, ...trouble, ...(replace ? { replace } : {}) }, async (world) => {
    // With a fixed name the engine is told to delete first, or the name is in its own way.
    const forced = replace && declaration.name === undefined;
    await world.operate((key) => key.up(declaration, { replace: forced }), trouble);
    await calm(world, declaration);
  });

const refresh = (trouble: Trouble): Command =>
  command("refresh", trouble, async (world) => {
    await world.operate((key) => key.refresh(), trouble);
    await world.newRun();
    expect(await world.operate((key) => key.refresh())).toBeUndefined();
    const { held } = world.key;
    expect(held === undefined).toBe(world.live === undefined);
    const { live } = world;
    if (live)
      expect(held?.outs).toMatchObject({
        name: live.name,
        ...(live.budget === null ? {} : { budget: live.budget }),
      });
    await world.newRun();
    await world.operate((key) => key.refresh());
    expect(world.key.held).toEqual(held);
  });

const destroy = (trouble: Trouble): Command =>
  command("destroy", trouble, async (world) => {
    const { held } = world.key;
    if ((await world.operate((key) => key.destroy(), trouble)) instanceof Error) {
      await world.newRun();
      expect(await world.operate((key) => key.destroy())).toBeUndefined();
    }
    expect(world.on(held?.id)).toBeUndefined();
    world.expectNoUnknownKey();
  });

const behindOurBack = (edit: KeyEdit | "removed"): Command =>
  command("behind our back", edit, async (world) => {
    const { live, stage } = world;
    if (!live) return;
    if (edit === "removed") stage.controls.deleteKey(live.id);
    else if (!stage.controls.keys().some(({ name }) => name === edit.name))
      stage.controls.updateKey(live.id, edit);
    await world.newRun();
  });

const somebodyElse = (name: string): Command =>
  command("somebody else makes", name, async (world) => {
    const { controls } = world.stage;
    if (!controls.keys().some((key) => key.name === name)) world.others.add(controls.createKey({ name }).id);
    await world.newRun();
  });

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.constant({}),
  fc.record({ faults: fc.array(faults, { minLength: 1, maxLength: 2 }) }),
  fc.record({ dies: fc.constantFrom(1, 1, 2) }),
  fc.record({ faults: fc.array(faults, { minLength: 1, maxLength: 1 }), dies: fc.constantFrom(1, 2) }),
);

/** Everything that can happen to a key in its life. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc
    .tuple(declarations, trouble, fc.boolean())
    .map(([declaration, each, replace]) => up(declaration, each, replace)),
  fc.tuple(declarations, trouble).map(([declaration, each]) => up(declaration, each, false)),
  trouble.map(refresh),
  trouble.map(destroy),
  edits.map(behindOurBack),
  fc.constant("removed" as const).map(behindOurBack),
  fc.constantFrom(...FIXED_NAMES).map(somebodyElse),
  fc.constant(undefined).map(() => command("clear up", undefined, async (world) => world.clearUp())),
  fc
    .constantFrom(1_000, 40_000, 200_000)
    .map((ms) => command("wait", ms, async (world) => world.stage.controls.clock.advance(ms))),
];
