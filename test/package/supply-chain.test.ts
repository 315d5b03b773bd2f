import type { Exceptions } from "../../tools/supply-chain/exceptions";
import { type Lockfile, runtimePackages } from "../../tools/supply-chain/lockfile";
import {
  installScriptProblems,
  licenceProblems,
  lockfileProblems,
  manifestProblems,
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

const NONE: Exceptions = { installScripts: {}, licences: {} };

const all = runtimePackages(LOCK, ["", "server"]);
const text = (packages: typeof all): string[] => packages.map(({ name, version }) => `${name}@${version}`);

describe("what is installed with a package", () => {
  test("is found through the lockfile as Node.js finds it, without what only development needs", () => {
    expect(text(runtimePackages(LOCK, [""]))).toEqual(["deep@1.4.9", "web@2.0.0"]);
    expect(text(runtimePackages(LOCK, ["server"]))).toEqual(["native@1.0.0", "web@1.0.0"]);
  });
});

describe("the supply chain check", () => {
  test("wants every licence permissive, where one of several may be chosen", () => {
    expect(licenceProblems(all, NONE)).toEqual([
      "deep@1.4.9 has the licence GPL-3.0, which is not known to be permissive",
    ]);
    const both = all.map((each) => ({ ...each, licence: "(MIT AND GPL-3.0)" }));
    expect(licenceProblems(both, NONE)).toHaveLength(all.length);
  });

  test("tells of a package that runs a script when it is installed", () => {
    expect(installScriptProblems(all, NONE)).toEqual([
      "native@1.0.0 wants to run a script when it is installed",
    ]);
    const looked = { ...NONE, installScripts: { native: "it only prints something" } };
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

  test("wants exact versions, or fixes of what users get", () => {
    const dependencies = { web: "^1.0.0", deep: "*", fresh: "1.0.0", sibling: "file:../.." };
    const devDependencies = { tool: "latest", other: "^1.0.0" };
    const manifest = { file: "package.json", dependencies, devDependencies };
    expect(manifestProblems([manifest])).toEqual([
      "package.json asks for tool latest: write one exact version",
      "package.json asks for other ^1.0.0: write one exact version",
      "package.json asks for deep *: write one exact version, or ^ and one",
    ]);
  });
});
