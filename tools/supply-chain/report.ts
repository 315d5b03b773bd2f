import type { Exceptions } from "./exceptions";
import type { RuntimePackage } from "./lockfile";
import { licenceOf } from "./rules";

export interface Shipped {
  readonly title: string;
  readonly packages: readonly RuntimePackage[];
}

export function report(shipped: readonly Shipped[], exceptions: Exceptions): string {
  return [
    "# Dependencies",
    "",
    "Written by `npx tsx tools/supply-chain.ts --write`; `npm run check` fails when it is out of date. The lockfile pins each",
    "package to one version and a digest. No install script is needed: `npm ci --ignore-scripts` and `npm run build` are enough.",
    "In your program, pulumi-aixplain takes compatible fixes of its dependencies (`^`) and your version of the Pulumi SDK.",
    "The provider process runs copies of axios, zod and their dependencies at the versions of the lockfile. They are listed with their",
    "licences in `dist/third-party-notices.txt`, see [decisions/bundled-runtime.md](decisions/bundled-runtime.md). A workflow",
    "publishes releases with provenance (`.github/workflows/release.yml`).",
    "",
    "## Known vulnerabilities",
    "",
    "The workflow `.github/workflows/advisories.yml` compares the lockfile with the OSV database daily, on each pull request and",
    "before each release, and verifies the registry's signatures. Accepted advisories and the reasons are in `osv-scanner.toml`.",
    "",
    "## Install scripts",
    "",
    "| package | why it need not run |",
    "| --- | --- |",
    ...Object.entries(exceptions.installScripts).map(([name, why]) => `| ${name} | ${why} |`),
    "",
    ...shipped.flatMap(({ title, packages }) => section(title, packages, exceptions)),
  ].join("\n");
}

function section(title: string, packages: readonly RuntimePackage[], exceptions: Exceptions): string[] {
  const byLicence = new Map<string, string[]>();
  for (const each of packages) {
    const licence = licenceOf(each, exceptions) ?? "(none)";
    byLicence.set(licence, [...new Set([...(byLicence.get(licence) ?? []), each.name])]);
  }
  const rows = [...byLicence].sort(([, a], [, b]) => b.length - a.length);
  return [
    `## Licences: ${title} (${packages.length} packages)`,
    "",
    "| licence | packages |",
    "| --- | --- |",
    ...rows.map(([licence, list]) => `| ${licence} | ${list.join(", ")} |`),
    "",
  ];
}
