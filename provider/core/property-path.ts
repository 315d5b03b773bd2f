import type { ApiKeyDeclaration, ApiKeyInputs, AssetLimits, Limits } from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { mapProperties, type Table } from "./property";

/** `assetLimits[1].tokensPerDay`, as Pulumi writes property paths. */
export const propertyPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

/** Below: paths as resource options name them. */

/** The models of a set have no places: only `[*]`, every model, means something. */
const PLACE = /^assetLimits\[(?!\*\])/;

/** Why an option cannot mean what it says, or `undefined` where it can. */
export function problemOfPath(path: string): string | undefined {
  if (!PLACE.test(path)) return undefined;
  return `${JSON.stringify(path)} names a place in a set that has no order: write "assetLimits", or "assetLimits[*].<limit>" for every model`;
}

/** `assetLimits["<model>"].requestsPerDay` as `assetLimits[*].requestsPerDay`. */
const general = (path: string): string => path.replace(/^assetLimits\["[^"]*"\]/, "assetLimits[*]");

/** Whether one of the paths names a property, or something that it is part of. `*` names every one. */
export const isNamed = (path: string, named: readonly string[]): boolean =>
  named.some((each) => {
    const rest = general(path).startsWith(each) ? general(path).slice(each.length) : undefined;
    return each === "*" || rest === "" || rest?.startsWith(".") === true || rest?.startsWith("[") === true;
  });

type Declared = Readonly<Record<string, unknown>>;

/** The fields of limits with those that are named taken from the live ones. */
function limitsKept<T extends Limits>(
  prefix: string,
  declared: T,
  live: Limits | undefined,
  named: readonly string[],
): T {
  const fields = new Set([...Object.keys(declared), ...Object.keys(live ?? {})]);
  const kept = [...fields].flatMap((field) => {
    const source = field !== "model" && isNamed(`${prefix}.${field}`, named) ? live : declared;
    const value = (source as Declared | undefined)?.[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(kept) as unknown as T;
}

/**
 * A declaration in which the named properties are as the live key has them: what an update writes where `ignoreChanges`
 * leaves them to somebody else. The platform takes whole keys only.
 */
export function keepLive(
  declared: ApiKeyInputs,
  live: ApiKeyDeclaration & { readonly name: string },
  named: readonly string[],
  ids: ModelIds,
  properties: Table = PROPERTIES,
): ApiKeyInputs {
  if (named.length === 0) return declared;
  const kept = mapProperties(properties, ({ kind }, name): unknown => {
    const [own, other] = [declared, live].map((each) => (each as unknown as Declared)[name]);
    if (isNamed(name, named)) return other;
    if (kind === "group" && (own ?? other)) {
      const limits = limitsKept(name, own ?? {}, other as Limits | undefined, named);
      return Object.keys(limits).length === 0 ? undefined : limits;
    }
    if (kind !== "set") return own;
    return (own as readonly AssetLimits[] | undefined)?.map((entry) => {
      const counterparts = (other ?? []) as readonly AssetLimits[];
      const counterpart = counterparts.find(({ model }) => model === modelId(entry.model, ids));
      return counterpart ? limitsKept(`${name}[*]`, entry, counterpart, named) : entry;
    });
  });
  return present<ApiKeyInputs>({ ...declared, ...(kept as Partial<ApiKeyInputs>), name: String(kept.name) });
}
