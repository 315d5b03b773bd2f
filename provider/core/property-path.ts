import type { ApiKeyDeclaration, ApiKeyInputs, AssetLimits, Limits } from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { mapProperties, type Table } from "./property";

export const propertyPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );

/** `assetLimits` is a set: only `[*]` addresses its entries. */
const PLACE = /^assetLimits\[(?!\*\])/;

export function problemOfPath(path: string): string | undefined {
  if (!PLACE.test(path)) return undefined;
  return `${JSON.stringify(path)} uses an index, but assetLimits is a set without order: write "assetLimits", or "assetLimits[*].<limit>" for every model`;
}

const general = (path: string): string => path.replace(/^assetLimits\["[^"]*"\]/, "assetLimits[*]");

/** Whether `named` contains the path, a property that contains it, or `*`. */
export const isNamed = (path: string, named: readonly string[]): boolean =>
  named.some((each) => {
    const rest = general(path).startsWith(each) ? general(path).slice(each.length) : undefined;
    return each === "*" || rest === "" || rest?.startsWith(".") === true || rest?.startsWith("[") === true;
  });

type Declared = Readonly<Record<string, unknown>>;

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
 * The declaration with the named properties taken from the live key. An update writes it because of `ignoreChanges`:
 * the platform accepts whole keys only.
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
