import fc from "fast-check";
import type { KeyEdit } from "../../../emulator/src/index";
import type { Declared, Order } from "../../harness/program";
import {
  edits,
  FIXED_NAMES,
  faults,
  orders,
  programs,
  RESOURCE_NAMES,
  races,
  renames,
  replaceable,
} from "./arbitraries";
import { calm, said } from "./calm";
import type { Colleague } from "./colleague";
import { nameOf, SEEDLESS_NAME, type Trouble, type World } from "./world";

/** Nothing is predicted but what always holds, so the model is empty. */
type Model = Record<string, never>;
export type Command = fc.AsyncCommand<Model, World>;

const command = (title: string, given: unknown, act: (world: World) => Promise<void>): Command => ({
  check: () => true,
  run: (_, world) => act(world),
  toString: () => `${title}(${given === undefined ? "" : JSON.stringify(given)})`,
});

const up = (declared: Declared, order: Order, trouble: Trouble, replace: readonly string[]): Command =>
  command("up", { declared, order, ...trouble, replace }, async (world) => {
    await world.operate((program) => program.up(declared, { order, replace }), trouble);
    await calm(world, declared, order);
  });

/** What another hand set stays, although the program says something else. */
const upIgnoring = (declared: Declared, property: string, edit: KeyEdit): Command =>
  command("up ignoring", { declared, property, edit }, async (world) => {
    const [key] = world.program.resources;
    const live = world.on(key?.held?.id);
    if (!key || !live) return;
    const before = new Map([[key, world.stage.controls.updateKey(live.id, edit)]]);
    // Of a replaced key nothing stays, so no change of the trigger here.
    const trigger = { rotationTrigger: key.held?.outs.rotationTrigger };
    const options = { ...trigger, __options: { ignoreChanges: [property] } };
    const program = { ...declared, key: replaceable({ ...declared.key, ...options }) };
    await calm(world, program, "parallel", before);
  });

const refresh = (trouble: Trouble): Command =>
  command("refresh", trouble, async (world) => {
    await world.operate((program) => program.refresh(), trouble);
    await world.newRun();
    expect(said(await world.operate((program) => program.refresh()))).toBe("");
    for (const { held } of world.program.resources) {
      const live = world.on(held?.id);
      // A suspended key that is gone stays in the state: it cannot come back with its access key.
      if (!live && held?.outs.suspended === true) continue;
      expect(held === undefined).toBe(live === undefined);
      if (live)
        expect(held?.outs).toMatchObject({
          name: live.name,
          ...(live.budget === null ? {} : { budget: live.budget }),
        });
    }
    const refreshed = world.state();
    await world.newRun();
    await world.operate((program) => program.refresh());
    expect(world.state()).toEqual(refreshed);
  });

const destroy = (trouble: Trouble): Command =>
  command("destroy", trouble, async (world) => {
    const held = [...world.state().values()];
    if (said(await world.operate((program) => program.destroy(), trouble)) !== "") {
      await world.newRun();
      expect(said(await world.operate((program) => program.destroy()))).toBe("");
    }
    const left = held.filter((each) => world.on(each?.id));
    expect(left.filter((each) => each?.outs.deletionPolicy === undefined)).toEqual([]);
    world.expectNoUnknownKey();
  });

/** By mistake the settings lead to another account: whatever has a key is refused, and nothing changes anywhere. */
const elsewhere = (verb: "up" | "refresh" | "destroy", declared: Declared, driftCheck: boolean): Command =>
  command(`${verb} in another account`, { declared, driftCheck }, async (world) => {
    const { stage, elsewhere: there, program } = world;
    const here = program.resources.filter(({ held }) => held);
    if (here.length === 0) return;
    const accounts = () => [stage, there].map(({ controls }) => controls.keys());
    const [before, state] = [accounts(), world.state()];
    world.enter(await there.newRun({ driftCheck }));
    // A change for every key, so that none passes for unchanged where the drift is not looked at.
    const changed = here.map(({ logicalName: name }) => [name, { ...declared[name], budget: 99 }]);
    const ran = await world.operate((each) =>
      verb === "up" ? each.up(Object.fromEntries(changed)) : each[verb](),
    );
    expect(said(ran)).toContain("is not in the account");
    expect(accounts()).toEqual(before);
    expect(world.state()).toEqual(state);
    await world.newRun();
  });

/** Another admin key of the same account is no other account. */
const rotated = (): Command =>
  command("the admin key is rotated", undefined, async (world) => {
    const { controls } = world.stage;
    const accessKey = "canary-rotated-5b1d90c2a7e64f38";
    if (world.digestsOnly || controls.keys().some((key) => key.accessKey === accessKey)) return;
    controls.createKey({ name: "second admin", isAdmin: true, accessKey });
    world.apiKey = accessKey;
    await world.newRun();
  });

const behindOurBack = (which: number, edit: KeyEdit | "removed"): Command =>
  command("behind our back", { which, edit }, async (world) => {
    const { controls } = world.stage;
    const live = world.on(world.program.resources[which]?.held?.id);
    if (!live) return;
    if (edit === "removed") controls.deleteKey(live.id);
    else if (!controls.keys().some(({ name }) => name === edit.name)) controls.updateKey(live.id, edit);
    await world.newRun();
  });

const byColleague = (title: string, given: unknown, act: (colleague: Colleague) => unknown): Command =>
  command(`a colleague ${title}`, given, async (world) => {
    await act(world.colleague);
    await world.newRun();
  });

const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.constant({}),
  fc.record({ faults: fc.array(faults, { minLength: 1, maxLength: 2 }) }),
  fc.record({ dies: fc.constantFrom(1, 1, 2) }),
  fc.record({ faults: fc.array(faults, { minLength: 1, maxLength: 1 }), dies: fc.constantFrom(1, 2) }),
);

/** Names that a colleague gives: ours, one that looks like ours, and those that our resources give by themselves. */
const theirNames = fc.constantFrom(
  ...FIXED_NAMES,
  "key-0badcaf",
  "api-key-0badcaf",
  ...RESOURCE_NAMES.flatMap((each) => [nameOf(each, 0), nameOf(each, 1)]),
  SEEDLESS_NAME,
);

export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc
    .tuple(programs, orders, trouble, fc.subarray(RESOURCE_NAMES))
    .map(([declared, order, each, replace]) => up(declared, order, each, replace)),
  fc.tuple(programs, orders, trouble).map(([declared, order, each]) => up(declared, order, each, [])),
  fc.tuple(renames, orders, trouble).map(([declared, order, each]) => up(declared, order, each, [])),
  fc.tuple(programs, orders, races).map(([declared, order, each]) => up(declared, order, each, [])),
  fc
    .tuple(
      programs,
      fc.constantFrom<[string, KeyEdit]>(
        ["budget", { budget: 5 }],
        ["globalLimits", { globalLimits: { tpd: 3, tokenType: "total" } }],
      ),
    )
    .map(([declared, [property, edit]]) => upIgnoring(declared, property, edit)),
  trouble.map(refresh),
  trouble.map(destroy),
  fc
    .tuple(fc.constantFrom("up" as const, "refresh" as const, "destroy" as const), programs, fc.boolean())
    .map((given) => elsewhere(...given)),
  fc.constant(undefined).map(rotated),
  fc.tuple(fc.nat(2), edits).map((given) => behindOurBack(...given)),
  fc.nat(2).map((which) => behindOurBack(which, "removed")),
  fc
    .tuple(theirNames, fc.boolean())
    .map((given) => byColleague("makes", given, (colleague) => colleague.create(...given))),
  fc.constant(undefined).map(() => byColleague("removes", undefined, (colleague) => colleague.remove())),
  fc.constant(undefined).map(() => command("clear up", undefined, async (world) => world.clearUp())),
  fc
    .constantFrom(1_000, 40_000, 200_000)
    .map((ms) => command("wait", ms, async (world) => world.stage.controls.clock.advance(ms))),
];
