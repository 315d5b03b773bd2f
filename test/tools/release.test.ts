import { sections, unmentioned } from "../../tools/release/changelog";
import { type Manifest, type Release, releaseProblems } from "../../tools/release/rules";

const at = (directory?: string): NonNullable<Manifest["repository"]> => ({
  type: "git",
  url: "git+https://github.com/owner/name.git",
  ...(directory === undefined ? {} : { directory }),
});

const good: Release = {
  version: "0.2.0",
  manifests: new Map<string, Manifest>([
    ["", { name: "main", version: "0.2.0", repository: at(), devDependencies: { server: "0.2.0" } }],
    ["server", { name: "server", version: "0.2.0", repository: at("server") }],
    ["examples/one", { name: "one", version: "0.0.0", private: true, dependencies: { main: "file:../.." } }],
  ]),
  reported: "0.2.0",
  changelog:
    "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-24\n\n- news\n\n## 0.1.0 - 2026-10-01\n\n- first\n",
  home: "owner/name",
  today: "2026-11-24",
};

const withManifest = (folder: string, change: Partial<Manifest>): Release => {
  const manifest = good.manifests.get(folder);
  if (!manifest) throw new Error(`no manifest of ${folder}`);
  return { ...good, manifests: new Map([...good.manifests, [folder, { ...manifest, ...change }]]) };
};

test("a release with everything in its place has no problem", () => {
  expect(releaseProblems(good)).toEqual([]);
});

test.each<readonly [string, Release, string]>([
  [
    "a package of another version",
    withManifest("server", { version: "0.1.0" }),
    "server/package.json: version is 0.1.0; set 0.2.0",
  ],
  [
    "a package that asks for an older one of ours",
    withManifest("", { devDependencies: { server: "0.1.0" } }),
    "package.json: asks for server 0.1.0; set 0.2.0",
  ],
  [
    "code that reports another version",
    { ...good, reported: "0.1.0" },
    "provider/version.ts: VERSION is 0.1.0; set 0.2.0",
  ],
  [
    "no section in the changelog",
    { ...good, changelog: "# Changelog\n\n## Unreleased\n\n- news\n" },
    'CHANGELOG.md: has no section "## 0.2.0 - 2026-11-24"; rename "## Unreleased"',
  ],
  [
    "a section without a date",
    { ...good, changelog: good.changelog.replace(" - 2026-11-24", "") },
    "CHANGELOG.md: the date of 0.2.0 is missing; write the day of the release, 2026-11-24",
  ],
  [
    "a date to come",
    { ...good, today: "2026-11-23" },
    "CHANGELOG.md: the date of 0.2.0 is 2026-11-24; write the day of the release, 2026-11-23",
  ],
  [
    "an empty section",
    { ...good, changelog: good.changelog.replace("- news\n", "") },
    "CHANGELOG.md: the section of 0.2.0 is empty",
  ],
  [
    "no repository",
    withManifest("", { repository: { type: "git", url: "somewhere" } }),
    'package.json: repository.url is not "git+https://github.com/<owner>/<name>.git"',
  ],
  [
    "a workspace without its folder",
    withManifest("server", { repository: at() }),
    'server/package.json: repository.directory is not "server"',
  ],
])("%s is the one problem", (_, release, problem) => {
  expect(releaseProblems(release)).toEqual([problem]);
});

test("the repository of somebody else is a problem of every package, and all are told at once", () => {
  expect(releaseProblems({ ...good, home: "fork/name", reported: "0.1.0" })).toEqual([
    "provider/version.ts: VERSION is 0.1.0; set 0.2.0",
    "package.json: repository.url names owner/name; this is fork/name",
    "server/package.json: repository.url names owner/name; this is fork/name",
  ]);
});

test("the notes of a release are its section, without the next one's heading", () => {
  expect(sections(good.changelog)).toEqual([
    { title: "Unreleased", date: undefined, text: "" },
    { title: "0.2.0", date: "2026-11-24", text: "- news" },
    { title: "0.1.0", date: "2026-10-01", text: "- first" },
  ]);
});

test("a change of what is published wants a line in the changelog, and one of tests or pages does not", () => {
  const changed = [
    "docs/ci.md",
    "emulator/README.md",
    "emulator/src/cli.ts",
    "provider/index.ts",
    "test/a.ts",
  ];
  expect(unmentioned(changed)).toEqual(["emulator/src/cli.ts", "provider/index.ts"]);
  expect(unmentioned([...changed, "CHANGELOG.md"])).toEqual([]);
});
