import type { Problem } from "./errors";
import { isPlainObject } from "./quote";
import { isMasked } from "./secret";
import { isUnknown } from "./unknown";

type Fields = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

export function adoptionProblems(path: string, written: Fields, isNew: boolean): Problem[] {
  const adoption = written[path];
  if (!isNew || !isPlainObject(adoption)) return [];
  const { id, name, accessKey } = adoption;
  const problems: Problem[] = [];
  if (isGiven(id) === isGiven(name)) {
    const reason = isGiven(id)
      ? "has both an id and a name: keep one of them"
      : "names no key: give id or name";
    problems.push({ property: path, reason });
  }
  if (typeof accessKey === "string" && !isUnknown(accessKey) && isMasked(accessKey)) {
    const reason =
      "is a mask, not the access key: set the whole access key, or leave it out if nobody has it";
    problems.push({ property: `${path}.accessKey`, reason });
  }
  if (!isGiven(written.name)) {
    const known = typeof name === "string" && !isUnknown(name) ? `name: ${JSON.stringify(name)}` : "its name";
    const reason = `is missing: set ${known} to keep the name of the adopted key, or set a new name. An automatic name would rename the key`;
    problems.push({ property: "name", reason });
  }
  return problems;
}
