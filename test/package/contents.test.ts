import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { pack, ROOT, unpack } from "./npm";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();

/** What a package ships: its compiled sources, each with its types, and its papers. */
const PACKAGES = [
  {
    name: "pulumi-aixplain",
    root: ROOT,
    sources: "provider",
    papers: [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/third-party-notices.txt",
      "plugin/pulumi-resource-aixplain",
      "plugin/pulumi-resource-aixplain.cmd",
    ],
    dependencies: /^\^\d+\.\d+\.\d+$/,
    peers: { "@pulumi/pulumi": ">=3.139.0 <4" },
    types: { entries: ["dist/index.d.ts", "dist/dynamic/runtime.d.ts"], from: ["@pulumi/pulumi"] },
  },
  {
    name: "aixplain-emulator",
    root: join(ROOT, "emulator"),
    sources: "src",
    papers: [
      "README.md",
      "LICENSE",
      "page/index.html",
      "page/page.css",
      "page/page.js",
      "vocabulary/LICENSE",
      "vocabulary/o200k_base.bin",
    ],
    dependencies: /^\d+\.\d+\.\d+$/,
    // Only who keeps data on the disk needs the database.
    peers: { libsql: ">=0.5.0" },
    types: undefined,
  },
  {
    name: "pulumi-aixplain-policies",
    root: join(ROOT, "policies"),
    sources: "src",
    papers: [
      "LICENSE",
      "README.md",
      "executable/PulumiPolicy.yaml",
      "executable/pulumi-analyzer-policy-aixplain",
      "executable/pulumi-analyzer-policy-aixplain.cmd",
      "pack/PulumiPolicy.yaml",
      "pack/package.json",
    ],
    dependencies: /^\d+\.\d+\.\d+$/,
    peers: undefined,
    types: { entries: ["dist/index.d.ts"], from: ["@pulumi/policy"] },
  },
];

/** The modules of others that declarations name, in a file and in those of ours that it names. */
function typesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const named = [...readFileSync(file, "utf8").matchAll(/(?:from|import\(|require\() ?"([^"]+)"/g)].map(
    ([, module]) => module ?? "",
  );
  return named.flatMap((module) =>
    module.startsWith(".")
      ? typesOf(join(file, "..", `${module.replace(/\.js$/, "")}.d.ts`), seen)
      : [module],
  );
}

describe.each(PACKAGES)("the packed $name", (expected) => {
  const { root, sources, papers } = expected;
  const directory = mkdtempSync(join(tmpdir(), "packed-"));
  const shipped = unpack(pack(root, directory), directory);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const manifest = JSON.parse(readFileSync(join(shipped, "package.json"), "utf8")) as Manifest;
  const files = filesIn(shipped);

  test("holds what is compiled from today's sources, the papers, and nothing else", () => {
    const compiled = filesIn(join(root, sources))
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [file.replace(/\.ts$/, ".d.ts"), file.replace(/\.ts$/, ".js")])
      .map((file) => `dist/${file}`);
    // A stray file in dist is what an older build left there: remove dist and build again.
    expect(files.filter((file) => !papers.includes(file))).toEqual([...compiled, "package.json"].sort());
    expect(files).toEqual(expect.arrayContaining(papers));
  });

  test("names no source map, for it ships none", () => {
    const mapped = files.filter((file) =>
      readFileSync(join(shipped, file), "utf8").includes("sourceMappingURL="),
    );
    expect(mapped).toEqual([]);
  });

  test("runs no script when it is installed", () => {
    const { preinstall, install, postinstall } = manifest.scripts ?? {};
    expect([preinstall, install, postinstall]).toEqual([undefined, undefined, undefined]);
  });

  test("depends on what takes fixes where a program shares it, and leaves Pulumi's SDK to the program", () => {
    const versions = Object.values(manifest.dependencies ?? {});
    expect(versions.length).toBeGreaterThan(0);
    for (const version of versions) expect(version).toMatch(expected.dependencies);
    expect(manifest.peerDependencies).toEqual(expected.peers);
  });

  if (expected.types) {
    const { entries, from } = expected.types;
    test("has public types that need no package but Pulumi's SDK", () => {
      const modules = entries.flatMap((entry) => typesOf(join(shipped, entry)));
      expect([...new Set(modules)]).toEqual(from);
    });
  }

  test("has commands that begin as a program of Node.js does", () => {
    for (const file of Object.values(manifest.bin ?? {})) {
      expect(readFileSync(join(shipped, file), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    }
  });
});
