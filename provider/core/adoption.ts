import type { Problem } from "./errors";
import { isPlainObject } from "./quote";
import { isMasked } from "./secret";
import { isUnknown } from "./unknown";

type Fields = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** What is wrong with an adoption. Nothing is where the resource has its key already: then it has no effect. */
export function adoptionProblems(path: string, written: Fields, isNew: boolean): Problem[] {
  const adoption = written[path];
  if (!isNew || !isPlainObject(adoption)) return [];
  const { id, name, accessKey } = adoption;
  const problems: Problem[] = [];
  if (isGiven(id) === isGiven(name)) {
    const said = isGiven(id)
      ? "names a key by id and by name: give one of them"
      : "names no key: give id or name";
    problems.push({ property: path, reason: said });
  }
  if (typeof accessKey === "string" && !isUnknown(accessKey) && isMasked(accessKey)) {
    const reason =
      "is a mask, not the access key: give the whole access key, or leave it out where nobody knows it any more";
    problems.push({ property: `${path}.accessKey`, reason });
  }
  if (!isGiven(written.name)) {
    const known = typeof name === "string" && !isUnknown(name) ? `name: ${JSON.stringify(name)}` : "its name";
    const reason = `is missing, and an automatic name would rename the adopted key: give ${known} to keep its name, or the name that it is to have`;
    problems.push({ property: "name", reason });
  }
  return problems;
}
