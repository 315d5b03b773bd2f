import type { Knowledge } from "../../tools/supply-chain/knowledge";
import { type Lockfile, runtimePackages } from "../../tools/supply-chain/lockfile";
import {
  installScriptProblems,
  licenceProblems,
  lockfileProblems,
  manifestProblems,
  vulnerabilityProblems,
} from "../../tools/supply-chain/rules";

const LOCK: Lockfile = {
  lockfileVersion: 3,
  packages: {
    "": { dependencies: { web: "2.0.0" } },
    server: { version: "1.0.0", dependencies: { web: "1.0.0", native: "1.0.0" } },
    "node_modules/server": { resolved: "server", link: true },
    "node_modules/web": {
      version: "2.0.0",
      integrity: "sha512-a",
      license: "MIT",
      dependencies: { deep: "*" },
      optionalDependencies: { absent: "*" },
    },
    "server/node_modules/web": { version: "1.0.0", integrity: "sha512-b", license: "(MIT OR GPL-3.0)" },
    "node_modules/deep": { version: "1.4.9", integrity: "sha512-c", license: "GPL-3.0" },
    "node_modules/native": {
      version: "1.0.0",
      integrity: "sha512-d",
      license: "ISC",
      hasInstallScript: true,
    },
    "node_modules/tool": { version: "9.0.0", integrity: "sha512-e" },
  },
};

const KNOWN: Knowledge = {
  reviewed: "2026-01-01",
  howToUpdate: "",
  advisories: [
    { package: "web", vulnerable: ["<1.5.0", "2.1.0"], sources: ["GHSA-aaaa-aaaa-aaaa"] },
    { package: "deep", vulnerable: [">=1.0.0 <1.4.9"], sources: ["GHSA-bbbb-bbbb-bbbb"] },
  ],
  accepted: [],
  installScripts: [],
  licences: [],
};

const all = runtimePackages(LOCK, ["", "server"]);
const text = (packages: typeof all): string[] => packages.map(({ name, version }) => `${name}@${version}`);

describe("what is installed with a package", () => {
  test("is found through the lockfile as Node.js finds it, without what only development needs", () => {
    expect(text(runtimePackages(LOCK, [""]))).toEqual(["deep@1.4.9", "web@2.0.0"]);
    expect(text(runtimePackages(LOCK, ["server"]))).toEqual(["native@1.0.0", "web@1.0.0"]);
  });
});

describe("the supply chain check", () => {
  test("finds the one copy of a package that an advisory speaks of, and names the advisory", () => {
    expect(vulnerabilityProblems(all, KNOWN)).toEqual(["web@1.0.0 is vulnerable: GHSA-aaaa-aaaa-aaaa"]);
  });

  test("lets an accepted version pass, and says when nothing is left to accept", () => {
    const accept = (version: string): Knowledge => ({
      ...KNOWN,
      accepted: [{ package: "web", version, why: "it is not reachable from here" }],
    });
    expect(vulnerabilityProblems(all, accept("1.0.0"))).toEqual([]);
    expect(vulnerabilityProblems(all, accept("2.0.0"))).toEqual([
      "web@1.0.0 is vulnerable: GHSA-aaaa-aaaa-aaaa",
      "web@2.0.0 is accepted as vulnerable but is not used, or not vulnerable",
    ]);
  });

  test("wants every licence permissive, where one of several may be chosen", () => {
    expect(licenceProblems(all, KNOWN)).toEqual([
      "deep@1.4.9 has the licence GPL-3.0, which is not known to be permissive",
    ]);
    const both = all.map((each) => ({ ...each, licence: "(MIT AND GPL-3.0)" }));
    expect(licenceProblems(both, KNOWN)).toHaveLength(all.length);
  });

  test("tells of a package that runs a script when it is installed", () => {
    expect(installScriptProblems(all, KNOWN)).toEqual([
      "native@1.0.0 wants to run a script when it is installed",
    ]);
    const looked = { ...KNOWN, installScripts: [{ package: "native", why: "it only prints something" }] };
    expect(installScriptProblems(all, looked)).toEqual([]);
  });

  test("wants a digest of every package in the lockfile, and no address", () => {
    expect(lockfileProblems(LOCK)).toEqual([]);
    const packages = {
      ...LOCK.packages,
      "node_modules/tool": { version: "9.0.0", resolved: "https://packages.example/tool-9.0.0.tgz" },
      "node_modules/weak": { version: "1.0.0", integrity: "sha1-abc" },
    };
    expect(lockfileProblems({ ...LOCK, packages })).toEqual([
      "package-lock.json names an address for node_modules/tool",
      "package-lock.json has no sha512 digest of node_modules/weak",
    ]);
  });

  test("wants exact versions, or fixes of what users get, and a look at every dependency that they get", () => {
    const dependencies = { web: "^1.0.0", deep: "*", fresh: "1.0.0", sibling: "file:../.." };
    const devDependencies = { tool: "latest", other: "^1.0.0" };
    const manifest = { file: "package.json", dependencies, devDependencies };
    expect(manifestProblems([manifest], ["sibling"], KNOWN)).toEqual([
      "package.json asks for tool latest: write one exact version",
      "package.json asks for other ^1.0.0: write one exact version",
      "package.json asks for deep *: write one exact version, or ^ and one",
      "package.json depends on fresh, which known-vulnerable.json does not list",
    ]);
  });
});
