import type { Exceptions } from "./exceptions";
import type { Lockfile, RuntimePackage } from "./lockfile";

/** Licences that require attribution only. */
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

export const licenceOf = (each: RuntimePackage, exceptions: Exceptions): string | undefined =>
  exceptions.licences[each.name] ?? each.licence;

/** Reads `A AND B` and `A OR B`. Refuses nested expressions, which need a manual review. */
function isPermissive(licence: string): boolean {
  const terms = licence.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(terms)) return false;
  return terms.split(" OR ").some((choice) => choice.split(" AND ").every((each) => PERMISSIVE.has(each)));
}

export function licenceProblems(packages: readonly RuntimePackage[], exceptions: Exceptions): string[] {
  return packages.flatMap((each) => {
    const licence = licenceOf(each, exceptions);
    if (licence !== undefined && isPermissive(licence)) return [];
    return [
      `${each.name}@${each.version} has the licence ${licence ?? "(none)"}, which is not known to be permissive`,
    ];
  });
}

export function installScriptProblems(packages: readonly RuntimePackage[], exceptions: Exceptions): string[] {
  return packages
    .filter(({ hasInstallScript, name }) => hasInstallScript && exceptions.installScripts[name] === undefined)
    .map(({ name, version }) => `${name}@${version} wants to run a script when it is installed`);
}

/** The lockfile must contain a digest of each package and no address of a registry. */
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
const EXACT_OR_CARET = /^\^?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;

/** Development dependencies must be exact. Dependencies of users may also be caret ranges. */
export function manifestProblems(manifests: readonly Manifest[]): string[] {
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
    ...unfit(file, dependencies, EXACT_OR_CARET, "write one exact version, or ^ and one"),
  ]);
}
