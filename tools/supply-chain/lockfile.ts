import { z } from "zod";

const names = z.record(z.string(), z.string()).optional();
const entry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
});

export const lockfileSchema = z.object({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), entry),
});
export type Lockfile = z.infer<typeof lockfileSchema>;
type Entry = z.infer<typeof entry>;

export interface RuntimePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  readonly hasInstallScript: boolean;
}

const NODE_MODULES = "node_modules/";

/** Resolves `name` from a package as Node.js does. */
function resolve(lock: Lockfile, from: string, name: string): string | undefined {
  for (let directory = from; ; directory = parentOf(directory)) {
    const place = directory === "" ? `${NODE_MODULES}${name}` : `${directory}/${NODE_MODULES}${name}`;
    const found = lock.packages[place];
    if (found) return found.link ? found.resolved : place;
    if (directory === "") return undefined;
  }
}

const parentOf = (place: string): string => {
  const index = place.lastIndexOf(`/${NODE_MODULES}`);
  return index < 0 ? "" : place.slice(0, index);
};

const namesOf = (each: Entry): string[] =>
  [each.dependencies, each.optionalDependencies, each.peerDependencies].flatMap((some) =>
    Object.keys(some ?? {}),
  );

/** Everything that is installed with the packages at `roots`, without development dependencies. */
export function runtimePackages(lock: Lockfile, roots: readonly string[]): RuntimePackage[] {
  const seen = new Set<string>(roots);
  for (const place of seen) {
    for (const name of namesOf(lock.packages[place] ?? {})) {
      const found = resolve(lock, place, name);
      if (found !== undefined) seen.add(found);
    }
  }
  const packages = new Map<string, RuntimePackage>();
  for (const place of seen) {
    const found = lock.packages[place];
    if (!found || !place.includes(NODE_MODULES)) continue;
    const name = place.slice(place.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);
    const version = found.version ?? "";
    packages.set(`${name}@${version}`, {
      name,
      version,
      licence: found.license,
      hasInstallScript: found.hasInstallScript === true,
    });
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
