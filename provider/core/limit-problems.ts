import type { Problem } from "./errors";
import { hasLimit, limitNames } from "./limits";
import { repeatedModels } from "./model-ids";
import type { Group, ModelSet } from "./property";
import { isPlainObject, show } from "./quote";
import { isUnknown } from "./unknown";

type Fields = Readonly<Record<string, unknown>>;

/** With a misspelt limit, do not report a missing limit as well. */
export const allKnown = (limits: Fields, group: Group | ModelSet): boolean =>
  Object.keys(limits).every((key) => Object.hasOwn(group.properties, key));

/** A token type without a limit has no effect. */
export function groupProblems(path: string, written: unknown, group: Group): Problem[] {
  if (!isPlainObject(written) || !allKnown(written, group) || hasLimit(written, group.properties)) return [];
  const ways = limitNames(group.properties).join(", ");
  return Object.entries(group.properties).flatMap(([name, property]) =>
    property.kind !== "choice" || (written[name] ?? undefined) === undefined
      ? []
      : [
          {
            property: `${path}.${name}`,
            reason: `has no effect without a limit: set one of ${ways}, or remove it`,
          },
        ],
  );
}

export function setProblems(path: string, written: unknown, set: ModelSet): Problem[] {
  if (!Array.isArray(written)) return [];
  const entries = written.map((entry: unknown) => (isPlainObject(entry) ? entry : undefined));
  const repeated = repeatedModels(
    entries.map((entry) => entry?.model),
    undefined,
    path,
  );
  return entries.flatMap((entry, index): Problem[] => {
    if (entry === undefined) return [];
    const { model, ...limits } = entry;
    const problems: Problem[] = [];
    if (model === undefined || model === null) {
      problems.push({ property: `${path}[${index}].model`, reason: `is missing: ${set.key.model.hint}` });
    }
    if (allKnown(limits, set) && !hasLimit(limits, set.properties)) {
      const whose = typeof model === "string" && !isUnknown(model) ? ` for ${show(model)}` : "";
      const ways = limitNames(set.properties).join(", ");
      problems.push({
        property: `${path}[${index}]`,
        reason: `sets no limit${whose}: set one of ${ways}, or remove the entry`,
      });
    }
    return [...problems, ...repeated.filter(({ property }) => property === `${path}[${index}].model`)];
  });
}
