import { canonicalExpiry } from "../core/expiry";
import { byModel, canonicalLimits } from "../core/limits";
import type { ApiKeyInputs, AssetLimits, Limits, LiveKey } from "../core/model";
import { type ModelIds, modelId } from "../core/model-ids";
import { present } from "../core/present";
import { PROPERTIES } from "../core/properties";
import {
  isOfKey,
  isOnWire,
  mapProperties,
  type Table,
  type ValueProperty,
  type ValueTable,
} from "../core/property";
import { hintOf } from "../core/secret";
import type { WireKey, WireKeyBody } from "./wire";

/** The only place that converts between this package's model and the wire format. */

type Fields = Readonly<Record<string, unknown>>;

function valueToWire(property: ValueProperty, value: unknown): unknown {
  if (property.kind === "choice") return value ?? property.default;
  if (property.kind !== "date" || value === undefined) return value ?? null;
  // A day is written as in the platform's SDK. A live key may have another time of day and keeps it on a rename.
  return String(value).includes("T") ? value : `${value}T00:00:00.000000Z`;
}

const valueFromWire = (property: ValueProperty, shown: unknown): unknown =>
  property.kind !== "date" ? (shown ?? undefined) : shown ? canonicalExpiry(String(shown)) : undefined;

/** Every property that the platform has, under its wire name; `null` for none. */
function written<P extends { readonly wire?: string }>(
  properties: Readonly<Record<string, P>>,
  write: (property: P, name: string) => unknown,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name in properties) {
    const property = properties[name] as P;
    if (isOnWire(property)) body[property.wire] = write(property, name);
  }
  return body;
}

const limitsToWire = (limits: Fields, properties: ValueTable): Fields =>
  written(properties, (property, name) => valueToWire(property, limits[name]));

const limitsFromWire = (shown: Fields, properties: ValueTable): Limits | undefined =>
  canonicalLimits(
    mapProperties(properties, (property) => shownOf(property, shown, valueFromWire)),
    properties,
  );

const shownOf = <P extends { readonly wire?: string }>(
  property: P,
  shown: Fields,
  read: (property: P, value: unknown) => unknown,
): unknown => (isOnWire(property) ? read(property, shown[property.wire]) : undefined);

function propertyToWire(property: Table[string], value: unknown, ids: ModelIds): unknown {
  if (!isOfKey(property)) return undefined;
  if (property.kind === "group") return value ? limitsToWire(value as Fields, property.properties) : null;
  if (property.kind !== "set") return valueToWire(property, value);
  return ((value ?? []) as readonly AssetLimits[]).map((entry) => ({
    ...written(property.key, ({ wire: _ }) => modelId(entry.model, ids)),
    ...limitsToWire(entry as unknown as Fields, property.properties),
  }));
}

function propertyFromWire(property: Table[string], shown: unknown): unknown {
  if (!isOfKey(property)) return undefined;
  if (property.kind === "group")
    return shown ? limitsFromWire(shown as Fields, property.properties) : undefined;
  if (property.kind !== "set") return valueFromWire(property, shown);
  const entries = ((shown ?? []) as readonly Fields[]).flatMap((entry) => {
    const limits = limitsFromWire(entry, property.properties);
    return limits ? [{ model: String(entry[property.key.model.wire]), ...limits }] : [];
  });
  return entries.length > 0 ? entries.sort(byModel) : undefined;
}

/** Replaces a value by the mark of a flag that is on. */
function withMarks(fields: Fields, properties: Table): Fields {
  const marked: Record<string, unknown> = { ...fields };
  for (const name in properties) {
    const property = properties[name] as Table[string];
    if (property.kind === "flag" && fields[name] === true)
      marked[property.marks.property] = property.marks.value;
  }
  return marked;
}

/** Turns marks into flags. The value that a mark replaced is not known here. */
function withoutMarks(shown: Fields, properties: Table): Fields {
  const flags: Record<string, unknown> = {};
  for (const name in properties) {
    const property = properties[name] as Table[string];
    if (property.kind !== "flag" || shown[property.marks.property] !== property.marks.value) continue;
    flags[name] = true;
    flags[property.marks.property] = undefined;
  }
  return { ...shown, ...flags };
}

export function toWire(inputs: ApiKeyInputs, ids: ModelIds, properties: Table = PROPERTIES): WireKeyBody {
  const fields = withMarks(inputs as unknown as Fields, properties);
  return written(properties, (property, name) =>
    propertyToWire(property, fields[name], ids),
  ) as unknown as WireKeyBody;
}

export function fromWire(wire: WireKey, properties: Table = PROPERTIES): LiveKey {
  const shown = mapProperties(properties, (property) => shownOf(property, wire, propertyFromWire));
  const declared = withoutMarks(shown, properties);
  return present<LiveKey>({
    ...(declared as Partial<LiveKey>),
    id: wire.id,
    name: wire.name,
    accessKeyHint: wire.accessKey ? hintOf(wire.accessKey) : "",
    isAdmin: wire.isAdmin ?? false,
  });
}
