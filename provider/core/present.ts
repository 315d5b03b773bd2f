/** Drops absent values, so that a live key and a declaration of the same meaning look the same. */
export function present<T extends object>(value: { [P in keyof T]: T[P] | undefined }): T {
  const kept: Partial<T> = {};
  for (const name of Object.keys(value) as (keyof T)[]) {
    if (value[name] !== undefined) kept[name] = value[name];
  }
  return kept as T;
}
