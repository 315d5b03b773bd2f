import { canonicalExpiry } from "./expiry";
import { byModel, canonicalLimits } from "./limits";
import {
  ACCOUNT,
  type ApiKeyDeclaration,
  type ApiKeyInputs,
  type ApiKeyState,
  type Limits,
  type LiveAssetLimits,
  type LiveKey,
} from "./model";
import { present } from "./present";
import { PROPERTIES } from "./properties";
import { isOfKey, mapProperties, type Table, type ValueProperty, type ValueTable } from "./property";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

function readValue(property: ValueProperty, value: unknown): string | number | true | undefined {
  switch (property.kind) {
    case "count":
    case "amount":
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    case "text":
      return textOf(value);
    case "date":
      return typeof value === "string" ? canonicalExpiry(value) : undefined;
    case "choice":
      return property.choices.find((each) => each === value);
    case "flag":
      return value === true ? value : undefined;
    case "policy":
      return property.choices.find((each) => each === value && each !== property.default);
  }
}

const readLimits = (fields: Fields, properties: ValueTable): Limits | undefined =>
  canonicalLimits(
    mapProperties(properties, (property, name) => readValue(property, fields[name])),
    properties,
  );

function readEntry(entry: unknown, properties: ValueTable): LiveAssetLimits[] {
  if (!isFields(entry) || typeof entry.model !== "string") return [];
  const modelId = textOf(entry.modelId);
  return [
    { model: entry.model, ...(modelId === undefined ? {} : { modelId }), ...readLimits(entry, properties) },
  ];
}

function readProperty(property: Table[string], value: unknown): unknown {
  if (!isOfKey(property)) return undefined;
  if (property.kind === "group") return isFields(value) ? readLimits(value, property.properties) : undefined;
  if (property.kind !== "set") return readValue(property, value);
  return Array.isArray(value) ? value.flatMap((entry) => readEntry(entry, property.properties)) : undefined;
}

/**
 * Reads the outputs in a state of any version of this package. Missing or unknown values are omitted: an old state must
 * never block a refresh or a destroy. Uses no schema: it runs twice per key, and a schema took more than twice as long.
 */
export function readState(outputs: unknown, properties: Table = PROPERTIES): ApiKeyState {
  const fields = isFields(outputs) ? outputs : {};
  const read = mapProperties(properties, (property, name) => readProperty(property, fields[name]));
  return {
    ...read,
    name: textOf(read.name) ?? "",
    accessKey: textOf(fields.accessKey),
    accessKeyHint: textOf(fields.accessKeyHint) ?? "",
    [ACCOUNT]: textOf(fields[ACCOUNT]),
  };
}

/** The models of a state, from spelling to id and from id to spelling. */
export function spellings(held: Pick<ApiKeyState, "assetLimits">): {
  readonly ids: ReadonlyMap<string, string>;
  readonly spelled: ReadonlyMap<string, string>;
} {
  const pairs = (held.assetLimits ?? []).flatMap(({ model, modelId }) =>
    modelId === undefined ? [] : [[model, modelId] as const],
  );
  return { ids: new Map(pairs), spelled: new Map(pairs.map(([model, id]) => [id, model])) };
}

function carried(
  values: object,
  properties: Table,
  entries: (list: readonly LiveAssetLimits[]) => readonly object[],
): Fields {
  return mapProperties(properties, (property, name) => {
    const value = isOfKey(property) ? (values as Fields)[name] : undefined;
    return property.kind === "set" && value !== undefined
      ? entries(value as readonly LiveAssetLimits[])
      : value;
  });
}

/**
 * The outputs for a live key.
 * @param spelled the program's spelling of each model id
 * @param accessKey from the create answer or from the state
 * @param account the identity of the account, if known
 */
export function toState(
  live: LiveKey,
  spelled: ReadonlyMap<string, string>,
  accessKey: string | undefined,
  account?: string,
  properties: Table = PROPERTIES,
): ApiKeyState {
  const respelled = ({ model: id, ...limits }: LiveAssetLimits): LiveAssetLimits => {
    const model = spelled.get(id) ?? id;
    return { model, ...(model === id ? {} : { modelId: id }), ...limits };
  };
  return present<ApiKeyState>({
    ...(carried(live, properties, (list) => list.map(respelled).sort(byModel)) as Partial<ApiKeyState>),
    name: live.name,
    accessKey,
    accessKeyHint: live.accessKeyHint,
    [ACCOUNT]: account,
  });
}

/**
 * A live key, completed with declared properties that the platform does not return: those without a wire name, and the
 * one that the mark of a flag replaces.
 */
export function withUnsent<T extends object>(live: T, declared: object, properties: Table = PROPERTIES): T {
  const known: Record<string, unknown> = { ...(live as Fields) };
  const memory = declared as Fields;
  for (const name in properties) {
    const property = properties[name] as Table[string];
    if (!isOfKey(property)) continue;
    if (property.kind !== "flag") {
      if (property.wire === undefined) known[name] = memory[name];
    } else if (known[name] === true) known[property.marks.property] = memory[property.marks.property];
  }
  return present(known as unknown as { [P in keyof T]: T[P] | undefined });
}

/** The inputs that match the outputs, for a refresh or an import. */
export function toInputs(state: ApiKeyState, properties: Table = PROPERTIES): ApiKeyInputs {
  const declared = carried(state, properties, (list) => list.map(({ modelId: _, ...limits }) => limits));
  return present<ApiKeyInputs>({ ...(declared as Partial<ApiKeyInputs>), name: state.name });
}

export const asLive = (state: ApiKeyState): ApiKeyDeclaration => ({
  ...state,
  assetLimits: state.assetLimits?.map(({ modelId, ...limits }) => ({
    ...limits,
    model: modelId ?? limits.model,
  })),
});
