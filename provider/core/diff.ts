import {
  type ApiKeyDeclaration,
  LIMIT_NAMES,
  type Limits,
  type PreviewAssetLimits,
  type PreviewInputs,
  type PreviewLimits,
} from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { isUnknown, type OrUnknown, UNKNOWN } from "./unknown";

/** What a change of a property means for the key: the one table of it. */
export const POLICY: Readonly<Record<keyof ApiKeyDeclaration, "update" | "replace">> = {
  name: "update",
  budget: "update",
  expiresAt: "update",
  globalLimits: "update",
  assetLimits: "update",
};

type Value = string | number | undefined;

/** One property that is not as declared. `undefined` means not set. */
export interface Change {
  /** The path of the property: `budget`, `globalLimits.tokensPerDay`, `assetLimits["<model>"].requestsPerDay`. */
  readonly path: string;
  /** The property of the resource that it belongs to. */
  readonly property: keyof ApiKeyDeclaration;
  readonly from: Value;
  /** {@link UNKNOWN} where a preview cannot know it yet. */
  readonly to: Value;
}

interface Leaf {
  readonly property: keyof ApiKeyDeclaration;
  readonly value: Value;
}

type Leaves = Map<string, Leaf>;

function addLimits(
  leaves: Leaves,
  property: keyof ApiKeyDeclaration,
  path: string,
  limits: Limits | PreviewLimits,
): void {
  for (const name of LIMIT_NAMES) leaves.set(`${path}.${name}`, { property, value: limits[name] });
  const countsTokens = limits.tokensPerMinute !== undefined || limits.tokensPerDay !== undefined;
  // "total" is the default: not set, and said, mean the same.
  const tokenType = countsTokens && limits.tokenType !== "total" ? limits.tokenType : undefined;
  leaves.set(`${path}.tokenType`, { property, value: tokenType });
}

/** The path of the limits of a model that no preview can know yet. */
const UNKNOWN_MODEL = 'assetLimits["?"]';

function addAsset(leaves: Leaves, entry: OrUnknown<PreviewAssetLimits>, ids: ModelIds): void {
  if (isUnknown(entry) || isUnknown(entry.model)) {
    leaves.set(UNKNOWN_MODEL, { property: "assetLimits", value: UNKNOWN });
    return;
  }
  addLimits(leaves, "assetLimits", `assetLimits["${modelId(entry.model, ids)}"]`, entry);
}

/** A declaration as a flat table from path to value: two that mean the same give the same table. */
function flatten(inputs: PreviewInputs | ApiKeyDeclaration, ids: ModelIds): Leaves {
  const leaves: Leaves = new Map();
  for (const property of ["name", "budget", "expiresAt"] as const) {
    leaves.set(property, { property, value: inputs[property] });
  }
  const { globalLimits, assetLimits } = inputs;
  if (isUnknown(globalLimits)) leaves.set("globalLimits", { property: "globalLimits", value: UNKNOWN });
  else if (globalLimits) addLimits(leaves, "globalLimits", "globalLimits", globalLimits);
  if (isUnknown(assetLimits)) leaves.set("assetLimits", { property: "assetLimits", value: UNKNOWN });
  else for (const entry of assetLimits ?? []) addAsset(leaves, entry, ids);
  return leaves;
}

const sameLimits = (one: Limits, other: PreviewLimits): boolean =>
  one.tokenType === other.tokenType && LIMIT_NAMES.every((name) => one[name] === other[name]);

/**
 * Whether two declarations are alike to the letter. Most keys of most previews are, and of a thousand keys nobody wants
 * to make tables only to find that out; what is not alike may still mean the same.
 */
function alike(one: ApiKeyDeclaration, other: PreviewInputs | ApiKeyDeclaration, ids: ModelIds): boolean {
  const [limits, assets] = [one.globalLimits, one.assetLimits ?? []];
  const [otherLimits, otherAssets] = [other.globalLimits, other.assetLimits ?? []];
  if (one.name !== other.name || one.budget !== other.budget || one.expiresAt !== other.expiresAt)
    return false;
  if (isUnknown(otherLimits) || isUnknown(otherAssets) || assets.length !== otherAssets.length) return false;
  if (limits && otherLimits ? !sameLimits(limits, otherLimits) : limits !== otherLimits) return false;
  return assets.every((entry, index) => {
    const counterpart = otherAssets[index];
    if (counterpart === undefined || isUnknown(counterpart) || isUnknown(counterpart.model)) return false;
    return modelId(entry.model, ids) === modelId(counterpart.model, ids) && sameLimits(entry, counterpart);
  });
}

/**
 * Every property in which `declared` differs from `actual`, in the order of their paths. A placeholder always counts as
 * a difference: a preview cannot promise that nothing will change. Below one whose container is not known yet, nothing
 * is listed.
 */
export function compare(
  actual: ApiKeyDeclaration,
  declared: PreviewInputs | ApiKeyDeclaration,
  ids: ModelIds = new Map(),
): readonly Change[] {
  if (alike(actual, declared, ids)) return [];
  const before = flatten(actual, ids);
  const after = flatten(declared, ids);
  const hidden = (property: string): boolean =>
    after.get(property)?.value === UNKNOWN || (property === "assetLimits" && after.has(UNKNOWN_MODEL));
  const changes: Change[] = [];
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const from = before.get(path);
    const to = after.get(path);
    const property = (to ?? from)?.property;
    if (property === undefined || from?.value === to?.value) continue;
    if (to === undefined && path !== property && hidden(property)) continue;
    changes.push({ path, property, from: from?.value, to: to?.value });
  }
  return changes;
}

const say = (value: Value): string =>
  value === undefined ? "not set" : isUnknown(value) ? "not known yet" : JSON.stringify(value);

/** `budget 200 -> 1000`, for each change, on one line. */
export const describeChanges = (changes: readonly Change[]): string =>
  changes.map(({ path, from, to }) => `${path} ${say(from)} -> ${say(to)}`).join(", ");
