import { canonicalExpiry } from "../core/expiry";
import { byModel, canonicalLimits } from "../core/limits";
import type { ApiKeyInputs, AssetLimits, Limits, LiveKey } from "../core/model";
import { type ModelIds, modelId } from "../core/model-ids";
import { present } from "../core/present";
import { PROPERTIES } from "../core/properties";
import { mapProperties, type Table, type ValueProperty, type ValueTable } from "../core/property";
import { hintOf } from "../core/secret";
import type { WireKey, WireKeyBody } from "./wire";

/** The only place that converts between this package's model and the wire format. */

type Fields = Readonly<Record<string, unknown>>;

function valueToWire(property: ValueProperty, value: unknown): unknown {
  if (property.kind === "choice") return value ?? property.default;
  if (property.kind !== "date" || value === undefined) return value ?? null;
  // As the platform's SDK writes a day. A live key may have another time of day and keeps it on a rename.
  return String(value).includes("T") ? value : `${value}T00:00:00.000000Z`;
}

const valueFromWire = (property: ValueProperty, shown: unknown): unknown =>
  property.kind !== "date" ? (shown ?? undefined) : shown ? canonicalExpiry(String(shown)) : undefined;

/** What the wire shows of a property. */
const shownOf = ({ wire }: { readonly wire?: string }, shown: Fields): unknown =>
  wire === undefined ? undefined : shown[wire];

/** Every property that the platform knows, `null` for none, under its name on the wire. */
function written<P extends { readonly wire?: string }>(
  properties: Readonly<Record<string, P>>,
  write: (property: P, name: string) => unknown,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name in properties) {
    const property = properties[name] as P;
    if (property.wire !== undefined) body[property.wire] = write(property, name);
  }
  return body;
}

const limitsToWire = (limits: Fields, properties: ValueTable): Fields =>
  written(properties, (property, name) => valueToWire(property, limits[name]));

const limitsFromWire = (shown: Fields, properties: ValueTable): Limits | undefined =>
  canonicalLimits(
    mapProperties(properties, (property) => valueFromWire(property, shownOf(property, shown))),
    properties,
  );

function propertyToWire(property: Table[string], value: unknown, ids: ModelIds): unknown {
  if (property.kind === "group") return value ? limitsToWire(value as Fields, property.properties) : null;
  if (property.kind !== "set") return valueToWire(property, value);
  return ((value ?? []) as readonly AssetLimits[]).map((entry) => ({
    ...written(property.key, ({ wire: _ }) => modelId(entry.model, ids)),
    ...limitsToWire(entry as unknown as Fields, property.properties),
  }));
}

function propertyFromWire(property: Table[string], shown: unknown): unknown {
  if (property.kind === "group")
    return shown ? limitsFromWire(shown as Fields, property.properties) : undefined;
  if (property.kind !== "set") return valueFromWire(property, shown);
  const entries = ((shown ?? []) as readonly Fields[]).flatMap((entry) => {
    const limits = limitsFromWire(entry, property.properties);
    return limits ? [{ model: String(shownOf(property.key.model, entry)), ...limits }] : [];
  });
  return entries.length > 0 ? entries.sort(byModel) : undefined;
}

export function toWire(inputs: ApiKeyInputs, ids: ModelIds, properties: Table = PROPERTIES): WireKeyBody {
  const fields = inputs as unknown as Fields;
  return written(properties, (property, name) =>
    propertyToWire(property, fields[name], ids),
  ) as unknown as WireKeyBody;
}

export function fromWire(wire: WireKey, properties: Table = PROPERTIES): LiveKey {
  const declared = mapProperties(properties, (property) =>
    propertyFromWire(property, shownOf(property, wire)),
  );
  return present<LiveKey>({
    ...(declared as Partial<LiveKey>),
    id: wire.id,
    name: wire.name,
    accessKeyHint: wire.accessKey ? hintOf(wire.accessKey) : "",
    isAdmin: wire.isAdmin ?? false,
  });
}
