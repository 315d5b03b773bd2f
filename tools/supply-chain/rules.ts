import { satisfies } from "semver";
import type { Knowledge } from "./knowledge";
import type { Lockfile, RuntimePackage } from "./lockfile";

/** Licences that ask for no more than to be named. */
const PERMISSIVE = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Python-2.0",
]);

export const licenceOf = (each: RuntimePackage, known: Knowledge): string | undefined =>
  known.licences.find((told) => told.package === each.name)?.licence ?? each.licence;

/** `A AND B` needs both, `A OR B` one of them; anything deeper has to be looked at by a person. */
function isPermissive(licence: string): boolean {
  const terms = licence.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(terms)) return false;
  return terms.split(" OR ").some((choice) => choice.split(" AND ").every((each) => PERMISSIVE.has(each)));
}

export function licenceProblems(packages: readonly RuntimePackage[], known: Knowledge): string[] {
  return packages.flatMap((each) => {
    const licence = licenceOf(each, known);
    if (licence !== undefined && isPermissive(licence)) return [];
    return [
      `${each.name}@${each.version} has the licence ${licence ?? "(none)"}, which is not known to be permissive`,
    ];
  });
}

export function vulnerabilityProblems(packages: readonly RuntimePackage[], known: Knowledge): string[] {
  const vulnerable = packages.flatMap((each) =>
    known.advisories
      .filter(({ package: name }) => name === each.name)
      .flatMap(({ vulnerable: ranges, sources }) =>
        ranges.some((range) => satisfies(each.version, range, { includePrerelease: true }))
          ? [{ ...each, sources }]
          : [],
      ),
  );
  const isAccepted = ({ name, version }: RuntimePackage): boolean =>
    known.accepted.some((each) => each.package === name && each.version === version);
  const idle = known.accepted.filter(
    (each) => !vulnerable.some(({ name, version }) => name === each.package && version === each.version),
  );
  return [
    ...vulnerable
      .filter((each) => !isAccepted(each))
      .map(({ name, version, sources }) => `${name}@${version} is vulnerable: ${sources.join(", ")}`),
    ...idle.map(
      (each) =>
        `${each.package}@${each.version} is accepted as vulnerable but is not used, or not vulnerable`,
    ),
  ];
}

export function installScriptProblems(packages: readonly RuntimePackage[], known: Knowledge): string[] {
  return packages
    .filter(
      ({ hasInstallScript, name }) =>
        hasInstallScript && !known.installScripts.some((each) => each.package === name),
    )
    .map(({ name, version }) => `${name}@${version} wants to run a script when it is installed`);
}

/** A lockfile that says exactly what is installed, and nothing of where from. */
export function lockfileProblems(lock: Lockfile): string[] {
  return Object.entries(lock.packages).flatMap(([place, { resolved, link, integrity }]) => {
    if (/^[a-z+]+:\/\//i.test(resolved ?? "")) return [`package-lock.json names an address for ${place}`];
    const ours = link === true || !place.includes("node_modules/");
    return ours || /^sha512-/.test(integrity ?? "")
      ? []
      : [`package-lock.json has no sha512 digest of ${place}`];
  });
}

export interface Manifest {
  readonly file: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const EXACT = /^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;
/** An exact version, or the fixes and additions after it. */
const FIXES = /^\^?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;

/**
 * Every version exact but for what users get, which may take fixes; and every dependency that they get looked at for
 * advisories. What is installed here is exact all the same: the lockfile says it.
 */
export function manifestProblems(
  manifests: readonly Manifest[],
  ours: readonly string[],
  known: Knowledge,
): string[] {
  const unfit = (
    file: string,
    wanted: Readonly<Record<string, string>>,
    fit: RegExp,
    way: string,
  ): string[] =>
    Object.entries(wanted)
      .filter(([, version]) => !fit.test(version) && !version.startsWith("file:.."))
      .map(([name, version]) => `${file} asks for ${name} ${version}: ${way}`);
  return manifests.flatMap(({ file, dependencies, devDependencies }) => [
    ...unfit(file, devDependencies, EXACT, "write one exact version"),
    ...unfit(file, dependencies, FIXES, "write one exact version, or ^ and one"),
    ...Object.keys(dependencies)
      .filter((name) => !ours.includes(name) && !known.advisories.some((each) => each.package === name))
      .map((name) => `${file} depends on ${name}, which known-vulnerable.json does not list`),
  ]);
}
