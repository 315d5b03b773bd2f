import type { ApiKey } from "../../../emulator/src/index";
import type { Properties } from "../../harness/front-door";
import type { Declared, Order, Program, Ran } from "../../harness/program";
import type { Declaration, Resource } from "../../harness/stack";
import { MINI } from "../../harness/stage";
import type { World } from "./world";

const numbers = (limits: Properties | undefined) =>
  limits && {
    tpm: limits.tokensPerMinute ?? null,
    tpd: limits.tokensPerDay ?? null,
    rpm: limits.requestsPerMinute ?? null,
    rpd: limits.requestsPerDay ?? null,
  };

type Ignored = readonly string[];
const ignoredBy = (declaration: Declaration): Ignored =>
  (declaration.__options as { ignoreChanges?: string[] } | undefined)?.ignoreChanges ?? [];

/** What the platform has to hold for a declaration, worked out without a line of the provider. */
function expected(declaration: Declaration): Record<string, unknown> {
  const { name, budget, expiresAt, globalLimits, assetLimits, suspended } = declaration;
  const onPlatform = suspended === true ? "2000-01-01" : expiresAt;
  const assets = (assetLimits ?? []) as Properties[];
  const idOf = (model: unknown): unknown => (model === MINI.path ? MINI.id : model);
  const inOrder = assets.map((each) => ({ assetId: idOf(each.model), ...numbers(each) }));
  return {
    ...(name === undefined ? {} : { name }),
    budget: budget ?? null,
    expiresAt: onPlatform === undefined ? null : Date.parse(`${String(onPlatform)}T00:00:00Z`),
    globalLimits:
      globalLimits === undefined ? null : expect.objectContaining(numbers(globalLimits as Properties) ?? {}),
    assetsLimits: expect.arrayContaining(inOrder.map((each) => expect.objectContaining(each))),
  };
}

/** The key of a resource is as declared; what is to be ignored is as it was before the update. */
function expectDeclared(
  { held }: Resource,
  live: ApiKey | undefined,
  declaration: Declaration,
  before: ApiKey | undefined,
): void {
  // Nobody can use it, which is what was declared; a new one would have another access key.
  if (declaration.suspended === true && held?.outs.suspended === true && !live) return;
  const wanted = expected(declaration);
  if (before && before.id === live?.id) {
    for (const each of ignoredBy(declaration)) wanted[each] = before[each as keyof ApiKey];
  }
  expect(live).toMatchObject(wanted);
  expect(live?.assetsLimits).toHaveLength(((declaration.assetLimits as unknown[]) ?? []).length);
  const { name, budget, expiresAt, suspended } = held?.outs ?? {};
  // A drift that is to be ignored does not come into the state either.
  const known = ignoredBy(declaration).includes("budget") ? budget : (live?.budget ?? undefined);
  expect({ name, budget, expiresAt, suspended }).toEqual({
    name: live?.name,
    budget: known,
    expiresAt: declaration.expiresAt,
    suspended: declaration.suspended || undefined,
  });
}

export const said = ({ failures }: Ran): string => failures.map(({ message }) => message).join("\n");

/**
 * The engine removes at the end, so that no resource gets the name of one that the same update removes. The way out is
 * told: a third name first.
 */
function detour(world: World, declared: Declared): Declared[] {
  const given = world.program.resources.flatMap(({ logicalName, held }) =>
    declared[logicalName] ? [] : [world.on(held?.id)?.name],
  );
  const third = Object.entries(declared).map(([logicalName, declaration]) => {
    const name = declaration?.name;
    const taken = typeof name === "string" && given.includes(name);
    return [logicalName, taken ? { ...declaration, name: `third-${name}` } : declaration] as const;
  });
  const changed = third.some(([logicalName, declaration]) => declaration !== declared[logicalName]);
  return changed ? [Object.fromEntries(third)] : [];
}

/**
 * A replacement is refused where the old key stays on the platform under the name of the new one. The message gives the
 * way out: change the deletionPolicy first, and the trigger in the update after it.
 */
function policyFirst(world: World, declared: Declared): Declared {
  const refused = world.program.resources.flatMap(({ logicalName, held }) => {
    const { name, rotationTrigger } = declared[logicalName] ?? {};
    const oldName = world.on(held?.id)?.name ?? held?.outs.name;
    const isLeft = held?.outs.deletionPolicy !== undefined && oldName === name;
    const before = held?.outs.rotationTrigger;
    return isLeft && before !== rotationTrigger ? [[logicalName, { rotationTrigger: before }] as const] : [];
  });
  if (refused.length === 0) return declared;
  const kept = refused.map(([logicalName, old]) => [logicalName, { ...declared[logicalName], ...old }]);
  return { ...declared, ...Object.fromEntries(kept) };
}

/** An update on a calm day: it succeeds, or it is told whose key is in the way; and then nothing is left to do. */
export async function calm(
  world: World,
  declared: Declared,
  order: Order,
  before: ReadonlyMap<Resource, ApiKey | undefined> = new Map(),
): Promise<void> {
  await world.newRun();
  const up = (program: Program): Promise<Ran> => program.up(declared, { order });
  const first = said(await world.operate(up));
  if (first !== "") {
    const inTheWay = [...world.named].some((id) => first.includes(id) && world.on(id));
    expect(inTheWay ? "" : first).toBe("");
    world.clearUp();
    const calmer = policyFirst(world, declared);
    const eased = calmer === declared ? [] : [calmer];
    for (const program of [...detour(world, calmer), ...eased, declared]) {
      await world.newRun();
      expect(said(await world.operate((each) => each.up(program, { order })))).toBe("");
    }
  }
  for (const resource of world.program.resources) {
    const declaration = declared[resource.logicalName];
    const live = world.on(resource.held?.id);
    if (declaration) expectDeclared(resource, live, declaration, before.get(resource));
    else expect(resource.held).toBeUndefined();
  }
  world.expectNoUnknownKey();
  await world.newRun();
  world.stage.forgetTold();
  const { steps, failures } = await world.operate(up);
  expect(failures).toEqual([]);
  expect(new Set(Object.values(steps))).toEqual(new Set(["same"]));
  expect(world.stage.told()).not.toContain("Drift");
}
