/** Logical names for the resources of keys: the key names, reduced to characters that a URN and a variable can have. */
export function resourceNames(keyNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return keyNames.map((keyName) => {
    const stem = keyName.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^-+|-+$/g, "") || "api-key";
    let name = stem;
    for (let n = 2; taken.has(name); n += 1) name = `${stem}-${n}`;
    taken.add(name);
    return name;
  });
}
