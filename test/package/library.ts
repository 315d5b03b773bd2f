import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack, unpack } from "./npm";

const LIBRARY = `const pulumi = require("@pulumi/pulumi");
const { ApiKey } = require("pulumi-aixplain");
exports.ApiKey = ApiKey;
exports.TeamKeys = class extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:index:TeamKeys", name, {}, opts);
    this.key = new ApiKey(name + "-key", { budget: 3 }, { parent: this });
    this.registerOutputs({});
  }
};
`;

/** Packs a component library of somebody else's, which depends on a tarball of our package, and answers its tarball. */
export function packLibrary(dependency: string, directory: string): string {
  const source = mkdtempSync(join(directory, "acme-keys-"));
  const manifest = {
    name: "acme-keys",
    version: "1.0.0",
    main: "index.js",
    dependencies: { "pulumi-aixplain": `file:${dependency}` },
    peerDependencies: { "@pulumi/pulumi": "^3.0.0" },
  };
  writeFileSync(join(source, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(source, "index.js"), LIBRARY);
  return pack(source, directory);
}

/** The same package under another version, as an older release of it. */
export function repack(tarball: string, version: string, directory: string): string {
  const destination = join(directory, `repacked-${version}`);
  mkdirSync(destination);
  const file = join(unpack(tarball, destination), "package.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), version }));
  return pack(join(destination, "package"), directory);
}
