import { meaning } from "./limits";
import type { ApiKeyDeclaration, PreviewInputs } from "./model";
import { type ModelIds, modelId } from "./model-ids";
import { PROPERTIES } from "./properties";
import { isOfKey, type Table, type TopLevel, type ValueTable } from "./property";
import { isUnknown, UNKNOWN } from "./unknown";

type Property = keyof ApiKeyDeclaration;

export const POLICY = Object.fromEntries(
  Object.entries(PROPERTIES).map(([name, { change }]) => [name, change]),
) as Readonly<Record<Property, TopLevel<unknown>["change"]>>;

type Value = string | number | boolean | undefined;

export interface Change {
  /** The path of the property: `budget`, `globalLimits.tokensPerDay`, `assetLimits["<model>"].requestsPerDay`. */
  readonly path: string;
  readonly property: Property;
  readonly from: Value;
  /** {@link UNKNOWN} when a preview does not know it yet. */
  readonly to: Value;
  readonly boosted?: true;
}

type Fields = Readonly<Record<string, unknown>>;

const NOTHING: Fields = {};

class Changes {
  private readonly found: Change[] = [];
  private readonly added: Change[] = [];

  note(property: string, path: string, from: unknown, to: unknown, isNew = false): void {
    const change = { path, property, from, to } as Change;
    (isNew ? this.added : this.found).push(change);
  }

  limits(property: string, path: string, table: ValueTable, from: Fields | undefined, to: Fields): void {
    for (const name in table) {
      const before = from && meaning(from, name, table);
      const after = meaning(to, name, table);
      if (before !== after) this.note(property, `${path}.${name}`, before, after, from === undefined);
    }
  }

  inOrder(): readonly Change[] {
    return [...this.found, ...this.added];
  }
}

/** Entries by model id. {@link UNKNOWN} stands for all entries whose model is not known yet. */
type Entries = Map<string, Fields | typeof UNKNOWN>;

function byId(entries: readonly unknown[], ids: ModelIds): Entries {
  const found: Entries = new Map();
  for (const entry of entries) {
    const { model } = (isUnknown(entry) ? { model: UNKNOWN } : entry) as { readonly model: string };
    if (isUnknown(model)) found.set(UNKNOWN, UNKNOWN);
    else found.set(modelId(model, ids), entry as Fields);
  }
  return found;
}

function compareSets(
  changes: Changes,
  property: string,
  table: ValueTable,
  from: readonly unknown[],
  to: readonly unknown[],
  ids: ModelIds,
): void {
  if (from.length === 0 && to.length === 0) return;
  const before = byId(from, ids);
  const after = byId(to, ids);
  const pathOf = (id: string): string => `${property}["${id}"]`;
  for (const [id, entry] of before) {
    const declared = after.get(id);
    // The unknown entry may be this one.
    if (declared === undefined && after.has(UNKNOWN)) continue;
    changes.limits(property, pathOf(id), table, entry as Fields, (declared ?? NOTHING) as Fields);
  }
  for (const [id, entry] of after) {
    if (isUnknown(entry)) changes.note(property, pathOf("?"), undefined, UNKNOWN, true);
    else if (!before.has(id)) changes.limits(property, pathOf(id), table, undefined, entry);
  }
}

/**
 * The properties in which `declared` differs from `actual`, in table order, new entries last. A placeholder always
 * counts as a difference. Properties below an unknown group or list are not listed. Properties that exist only in the
 * declaration (a boost, an adoption) are not compared.
 */
export function compare(
  actual: ApiKeyDeclaration,
  declared: PreviewInputs | ApiKeyDeclaration,
  ids: ModelIds = new Map(),
  properties: Table = PROPERTIES,
): readonly Change[] {
  const changes = new Changes();
  for (const name in properties) {
    const property = properties[name] as Table[string];
    if (!isOfKey(property)) continue;
    const from = (actual as Fields)[name] ?? undefined;
    const to = (declared as Fields)[name] ?? undefined;
    if (property.kind !== "group" && property.kind !== "set") {
      if (from !== to) changes.note(name, name, from, to);
    } else if (isUnknown(to)) {
      changes.note(name, name, undefined, UNKNOWN, true);
    } else if (property.kind === "set") {
      const [before, after] = [(from ?? []) as readonly unknown[], (to ?? []) as readonly unknown[]];
      compareSets(changes, name, property.properties, before, after, ids);
    } else if (from !== undefined || to !== undefined) {
      changes.limits(name, name, property.properties, from as Fields | undefined, (to ?? NOTHING) as Fields);
    }
  }
  return changes.inOrder();
}

export const replacesKey = ({ property, from, to }: Change): boolean =>
  POLICY[property] === "replace" || (POLICY[property] === "renew" && from !== undefined && to !== undefined);

/** The property names in a Pulumi path, without list indexes. */
const names = (path: string): string[] => (path.match(/\w+/g) ?? []).filter((word) => !/^\d+$/.test(word));

/** Whether messages must hide the value: the table marks it, or `secrets` names it or a property that contains it. */
function isSecret(path: readonly string[], secrets: readonly string[], properties: Table): boolean {
  const [name = "", part = ""] = path;
  const property = properties[name];
  const parts: Table | ValueTable =
    property && "properties" in property ? (property.properties as ValueTable) : {};
  return (
    (property?.redacted ?? false) ||
    (parts[part]?.redacted ?? false) ||
    secrets.some((secret) => names(secret).every((word, index) => word === path[index]))
  );
}

function render(value: Value, secret: boolean): string {
  if (value === undefined) return "not set";
  if (isUnknown(value)) return "not known yet";
  return secret ? "[secret]" : JSON.stringify(value);
}

/**
 * One line such as `budget 200 -> 1000`. Values at the paths of `secrets` are hidden. A path into a list hides the
 * property in all entries, because the platform may order the list differently.
 */
export const describeChanges = (
  changes: readonly Change[],
  secrets: readonly string[] = [],
  properties: Table = PROPERTIES,
): string =>
  changes
    .map(({ path, property, from, to }) => {
      const dot = path.lastIndexOf(".");
      const part = path === property || dot < 0 ? [] : [path.slice(dot + 1)];
      const secret = isSecret([property, ...part], secrets, properties);
      const namesModel =
        path.startsWith(`${property}[`) && isSecret([property, "model"], secrets, properties);
      const shown = namesModel ? [`${property}["[secret]"]`, ...part].join(".") : path;
      return `${shown} ${render(from, secret)} -> ${render(to, secret)}`;
    })
    .join(", ");
