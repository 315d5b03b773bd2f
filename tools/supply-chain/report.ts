import type { Knowledge } from "./knowledge";
import type { RuntimePackage } from "./lockfile";
import { licenceOf } from "./rules";

export interface Shipped {
  readonly title: string;
  readonly packages: readonly RuntimePackage[];
}

/** `docs/supply-chain.md`, as it has to be. */
export function report(shipped: readonly Shipped[], known: Knowledge): string {
  return [
    "# What is installed with these packages",
    "",
    "Written by `npx tsx tools/supply-chain.ts --write`; `npm run check` fails where it is out of date. The lockfile has an",
    "exact version and a digest of each, and no install script is needed (`npm ci --ignore-scripts` works, with `npm run build` after",
    "it). In a program of somebody's, pulumi-aixplain takes fixes of its dependencies (`^`) and the SDK that the program has.",
    "Releases are published by a workflow with provenance, see `.github/workflows/release.yml`. The provider process of",
    "pulumi-aixplain runs copies of axios, zod and what they need, at the versions of the lockfile; they and their licences are",
    "listed in `dist/third-party-notices.txt`, see [decisions/bundled-runtime.md](decisions/bundled-runtime.md).",
    "",
    "## Known vulnerabilities",
    "",
    `\`tools/supply-chain/known-vulnerable.json\` lists ${known.advisories.length} packages with the versions that an advisory speaks of`,
    `and its sources, last looked through on ${known.reviewed}. It is read offline: it cannot know what was published since.`,
    "No dependency is at a listed version, with these exceptions:",
    "",
    "| package | why it is accepted |",
    "| --- | --- |",
    ...known.accepted.map((each) => `| ${each.package} ${each.version} | ${each.why} |`),
    "",
    "## Install scripts",
    "",
    "| package | why it may be left out |",
    "| --- | --- |",
    ...known.installScripts.map((each) => `| ${each.package} | ${each.why} |`),
    "",
    ...shipped.flatMap(({ title, packages }) => section(title, packages, known)),
  ].join("\n");
}

function section(title: string, packages: readonly RuntimePackage[], known: Knowledge): string[] {
  const byLicence = new Map<string, string[]>();
  for (const each of packages) {
    const licence = licenceOf(each, known) ?? "(none)";
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
