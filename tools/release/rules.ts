import { sectionOf } from "./changelog";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly repository?: {
    readonly type: string;
    readonly url: string;
    readonly directory?: string | undefined;
  };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly private?: boolean;
}

export interface Release {
  readonly version: string;
  /** By folder; "" is the root. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** `VERSION` of the provider, which the plugin and the command report. */
  readonly reported: string;
  readonly changelog: string;
  /** `owner/name` of the repository of the release, if known. */
  readonly home: string | undefined;
  /** YYYY-MM-DD. */
  readonly today: string;
}

const file = (folder: string): string => (folder === "" ? "package.json" : `${folder}/package.json`);

const published = ({ manifests }: Release) =>
  [...manifests].filter(([, manifest]) => manifest.private !== true);

function versionProblems(release: Release): string[] {
  const { version, manifests, reported } = release;
  const own = published(release);
  const names = own.map(([, { name }]) => name);
  const wrong = own
    .filter(([, manifest]) => manifest.version !== version)
    .map(([folder, manifest]) => `${file(folder)}: version is ${manifest.version}; set ${version}`);
  const pins = [...manifests].flatMap(([folder, { dependencies, devDependencies }]) =>
    Object.entries({ ...dependencies, ...devDependencies })
      .filter(([name, range]) => names.includes(name) && range !== version && !range.startsWith("file:"))
      .map(([name, range]) => `${file(folder)}: asks for ${name} ${range}; set ${version}`),
  );
  const code = reported === version ? [] : [`provider/version.ts: VERSION is ${reported}; set ${version}`];
  return [...wrong, ...pins, ...code];
}

function changelogProblems({ changelog, version, today }: Release): string[] {
  const section = sectionOf(changelog, version);
  if (!section) return [`CHANGELOG.md: has no section "## ${version} - ${today}"; rename "## Unreleased"`];
  const { date, text } = section;
  return [
    ...(date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) && date <= today
      ? []
      : [
          `CHANGELOG.md: the date of ${version} is ${date ?? "missing"}; write the day of the release, ${today}`,
        ]),
    ...(text === "" ? [`CHANGELOG.md: the section of ${version} is empty`] : []),
  ];
}

/** npm resolves the links of a README with the repository's URL, and refuses provenance for another repository. */
function repositoryProblems(release: Release): string[] {
  return published(release).flatMap(([folder, { repository }]) => {
    const home = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(repository?.url ?? "")?.[1];
    if (home === undefined)
      return [`${file(folder)}: repository.url is not "git+https://github.com/<owner>/<name>.git"`];
    const elsewhere = release.home !== undefined && release.home !== home;
    return [
      ...(elsewhere ? [`${file(folder)}: repository.url names ${home}; this is ${release.home}`] : []),
      ...((repository?.directory ?? "") === folder
        ? []
        : [`${file(folder)}: repository.directory is not "${folder}"`]),
    ];
  });
}

/** All problems that block a release. */
export const releaseProblems = (release: Release): string[] => [
  ...versionProblems(release),
  ...changelogProblems(release),
  ...repositoryProblems(release),
];
