import path from "node:path";
import { factsBelow, factsOf, type SourceFacts } from "./source-facts";

const ROOT = path.join(__dirname, "../..");

/** A module as a file means it: a path below the root for our own, the package's name for others. */
function target(file: string, module: string): string {
  if (module.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(file), module));
  if (module.startsWith("node:")) return module;
  return module
    .split("/")
    .slice(0, module.startsWith("@") ? 2 : 1)
    .join("/");
}

interface Rule {
  readonly title: string;
  readonly files: RegExp;
  readonly allows: (module: string, file: string, names: readonly string[]) => boolean;
  /** Whether a file may use a name of its surroundings. Default: any. */
  readonly allowsGlobal?: (name: string) => boolean;
}

const within = (...folders: string[]) => {
  return (module: string) => folders.some((folder) => module === folder || module.startsWith(`${folder}/`));
};
const HASHING = /^provider\/core\/auto-name\.ts$/;
const USES_PULUMI = /^provider\/(program|native|plugin)\//;

/** The arrows of the architecture. What is not allowed is an error, so that a new dependency is a decision. */
const RULES: readonly Rule[] = [
  {
    title: "the core is pure: itself, zod, edit distance, and hashing for automatic names",
    files: /^provider\/core\//,
    allows: (module, file, names) =>
      within("provider/core", "zod", "fastest-levenshtein")(module) ||
      (module === "node:crypto" && HASHING.test(file) && names.join() === "createHash"),
    allowsGlobal: () => false,
  },
  {
    title: "the API stands on the core alone, and on Node.js and axios for the wire",
    files: /^provider\/api\//,
    allows: (module) =>
      within("provider/core", "provider/api", "zod", "axios")(module) || module.startsWith("node:"),
  },
  {
    title: "axios and the network are known to one file",
    files: /^provider\/(?!api\/http\.ts|plugin\/)/,
    allows: (module) => !/^(axios|(node:)?(https?|http2|net|tls|dns|dgram))$/.test(module),
    allowsGlobal: (name) => !/^(fetch|WebSocket|XMLHttpRequest)$/.test(name),
  },
  {
    title: "the lifecycle stands on the API and the core, and knows no Pulumi and no world",
    files: /^provider\/lifecycle\//,
    allows: within("provider/core", "provider/api", "provider/lifecycle"),
    allowsGlobal: () => false,
  },
  {
    title: "the settings stand on the core, and are handed their sources",
    files: /^provider\/settings\.ts$/,
    allows: within("provider/core"),
    allowsGlobal: () => false,
  },
  {
    title: "Pulumi is known to the program's side and to the plugin",
    files: /^provider\//,
    allows: (module, file) => !module.startsWith("@pulumi") || USES_PULUMI.test(file),
  },
  {
    title: "the program reaches the provider process by the text of the stub only",
    files: /^provider\/(index\.ts|program\/)/,
    allows: (module) =>
      module === "provider/dynamic/stub" ||
      !within("provider/dynamic", "provider/lifecycle", "provider/plugin", "provider/command")(module),
  },
  {
    title: "the plugin's program side shares the program's words and reaches the plugin by its tokens only",
    files: /^provider\/native\//,
    allows: (module) =>
      module === "provider/plugin/tokens" ||
      within("provider/native", "provider/program", "provider/core", "@pulumi/pulumi")(module),
  },
  {
    title: "the front doors know nothing of each other and nothing of the program",
    files: /^provider\/(dynamic|plugin|command)\//,
    allows: (module, file) => {
      const own = file.split("/").slice(0, 2).join("/");
      const rooms = ["program", "native", "dynamic", "plugin", "command"].map((room) => `provider/${room}`);
      return !within(...rooms.filter((room) => room !== own))(module);
    },
  },
  {
    title: "a verb of the lifecycle imports no other verb",
    files: /^provider\/lifecycle\/(check|diff|create|read|update|delete)\.ts$/,
    allows: (module) => !/^provider\/lifecycle\/(check|diff|create|read|update|delete)$/.test(module),
  },
  {
    title: "the lifecycle does not know the wire",
    files: /^provider\/(lifecycle|program|dynamic|command|plugin)\//,
    allows: (module) => !/^provider\/api\/(wire|convert|usage-rows)$/.test(module),
  },
  {
    title: "the stub that every state holds stands alone",
    files: /^provider\/dynamic\/stub\.ts$/,
    allows: () => false,
    allowsGlobal: () => false,
  },
  {
    title: "the provider knows nothing of the emulator",
    files: /^provider\//,
    allows: (module) => !/emulator/.test(module) && !within("test", "tools", "examples", "bench")(module),
  },
  {
    title: "the emulator knows nothing of the provider",
    files: /^emulator\//,
    allows: (module) => !within("provider", "pulumi-aixplain", "dist", "test", "tools")(module),
  },
];

const violations = (rule: Rule, sources: readonly SourceFacts[]): string[] =>
  sources
    .filter(({ file }) => rule.files.test(file))
    .flatMap(({ file, imports, globals }) => [
      ...imports
        .filter(
          ({ module, names }) => module === "(computed)" || !rule.allows(target(file, module), file, names),
        )
        .map(({ module }) => `${file} imports ${module}`),
      ...globals
        .filter((name) => rule.allowsGlobal && !rule.allowsGlobal(name))
        .map((name) => `${file} uses ${name}`),
    ]);

function circles(files: readonly SourceFacts[]): string[] {
  const nameOf = (file: string): string => file.replace(/\.tsx?$/, "");
  const arrows = new Map(
    files.map(({ file, imports }) => [nameOf(file), imports.map(({ module }) => target(file, module))]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) found.push([...path.slice(start), name].join(" -> "));
    if (start >= 0 || done.has(name)) return;
    for (const next of arrows.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of arrows.keys()) visit(name, []);
  return found;
}

const sources = [...factsBelow(ROOT, "provider"), ...factsBelow(ROOT, "emulator")];

describe("the code as it stands", () => {
  it.each(RULES.map((rule) => [rule.title, rule] as const))("%s", (_, rule) => {
    expect(sources.filter(({ file }) => rule.files.test(file))).not.toEqual([]);
    expect(violations(rule, sources)).toEqual([]);
  });

  it("was read: its known arrows are found", () => {
    const arrows = sources.flatMap(({ file, imports }) =>
      imports.map(({ module }) => `${file} -> ${target(file, module)}`),
    );
    expect(arrows).toContain("provider/api/http.ts -> axios");
    expect(arrows).toContain("provider/lifecycle/create.ts -> provider/api/errors");
    expect(arrows).toContain("provider/program/api-key.ts -> @pulumi/pulumi");
    expect(arrows).toContain("provider/core/auto-name.ts -> node:crypto");
  });

  it.each(["provider", "emulator"])("has no circle of imports in %s", (folder) => {
    expect(circles(sources.filter(({ file }) => file.startsWith(`${folder}/`)))).toEqual([]);
  });
});

describe("a circle of imports", () => {
  const circle = (...files: [string, string][]) =>
    circles(files.map(([file, module]) => factsOf(file, `import "${module}";`)));

  it("is found over two files and over three", () => {
    expect(circle(["provider/a.ts", "./b"], ["provider/b.ts", "./a"])).toEqual([
      "provider/a -> provider/b -> provider/a",
    ]);
    expect(circle(["provider/a.ts", "./x/b"], ["provider/x/b.ts", "../c"], ["provider/c.ts", "./a"])).toEqual(
      ["provider/a -> provider/x/b -> provider/c -> provider/a"],
    );
  });

  it("is not seen where two files import a third", () => {
    expect(circle(["provider/a.ts", "./c"], ["provider/b.ts", "./c"], ["provider/c.ts", "zod"])).toEqual([]);
  });
});

describe("a planted violation is found", () => {
  const found = (file: string, source: string): string[] =>
    RULES.flatMap((rule) => violations(rule, [factsOf(file, source)]));

  it.each([
    ["an import", "provider/core/x.ts", 'import fs from "node:fs";'],
    ["an import without a prefix", "provider/core/x.ts", 'import { readFileSync } from "fs";'],
    ["an import for its effect", "provider/core/x.ts", 'import "axios";'],
    ["an import of types", "provider/core/x.ts", 'import type { Client } from "../api/client";'],
    ["a type by import", "provider/core/x.ts", 'type C = import("../api/client").Client;'],
    ["a re-export", "provider/core/x.ts", 'export * from "@pulumi/pulumi";'],
    ["a require", "provider/core/x.ts", 'const fs = require("fs");'],
    ["an import with require", "provider/core/x.ts", 'import fs = require("fs");'],
    ["a late import", "provider/core/x.ts", 'const f = async () => import("node:fs");'],
    ["a computed import", "provider/core/x.ts", "const f = (x: string) => import(x);"],
    ["a way around", "provider/core/x.ts", 'import { a } from "./../../provider/api/client";'],
    ["a hash elsewhere", "provider/core/x.ts", 'import { createHash } from "node:crypto";'],
    ["randomness beside the hash", "provider/core/auto-name.ts", 'import { randomUUID } from "node:crypto";'],
    ["the time", "provider/core/x.ts", "const t = Date.now();"],
    ["the time as a function", "provider/core/x.ts", "const f = Date.now;"],
    ["the time, taken out", "provider/core/x.ts", "const { now } = Date;"],
    ["a new Date", "provider/core/x.ts", "const t = new Date();"],
    ["a new Date without brackets", "provider/core/x.ts", "const t = new Date;"],
    ["a Date as text", "provider/core/x.ts", "const t = Date();"],
    ["a random number", "provider/core/x.ts", "const r = Math.random();"],
    ["a random number by key", "provider/core/x.ts", 'const r = Math["random"]();'],
    ["the environment", "provider/core/x.ts", "const e = process.env.HOME;"],
    ["the environment, taken out", "provider/core/x.ts", "const { env } = process;"],
    ["a call to the world", "provider/core/x.ts", 'fetch("https://example.test");'],
    ["a wait", "provider/lifecycle/x.ts", "setTimeout(() => undefined, 1);"],
    ["the clock in the lifecycle", "provider/lifecycle/x.ts", "const t = Date.now();"],
    ["Pulumi in the lifecycle", "provider/lifecycle/x.ts", 'import { log } from "@pulumi/pulumi";'],
    ["the lifecycle in the API", "provider/api/x.ts", 'import { create } from "../lifecycle/create";'],
    ["the settings in the API", "provider/api/x.ts", 'import { resolveSettings } from "../settings";'],
    ["axios elsewhere", "provider/api/x.ts", 'import axios from "axios";'],
    [
      "Pulumi in the runtime",
      "provider/dynamic/runtime.ts",
      'import type { ID } from "@pulumi/pulumi/resource";',
    ],
    ["the runtime in the program", "provider/index.ts", 'export { provider } from "./dynamic/runtime";'],
    ["the lifecycle in the program", "provider/program/api-key.ts", 'import "../lifecycle/lifecycle";'],
    ["the emulator in the provider", "provider/program/usage.ts", 'import "../../emulator/src/app";'],
    ["a verb in a verb", "provider/lifecycle/read.ts", 'import { diff } from "./diff";'],
    ["the wire in the lifecycle", "provider/lifecycle/x.ts", 'import { toWire } from "../api/convert";'],
    ["a front door in another", "provider/command/x.ts", 'import { provider } from "../dynamic/runtime";'],
    ["the plugin in the program", "provider/native/x.ts", 'import { Plugin } from "../plugin/plugin";'],
    ["the program in the plugin", "provider/plugin/x.ts", 'import { ApiKey } from "../native/api-key";'],
    ["the provider in the emulator", "emulator/src/x.ts", 'import "../../provider/core/model";'],
    ["the built provider in the emulator", "emulator/src/x.ts", 'import { ApiKey } from "pulumi-aixplain";'],
  ])("%s", (_, file, source) => {
    expect(found(file, source)).not.toEqual([]);
  });

  it.each([
    ["the epoch of a moment that was given", "provider/core/x.ts", "const d = new Date(7).toISOString();"],
    ["a date that is read", "provider/core/x.ts", 'const t = Date.parse("2027-01-31");'],
    ["a property that is called process", "provider/core/x.ts", "const p = { process: 1 }.process;"],
    ["words in a comment", "provider/core/x.ts", '// import fs from "node:fs"; Date.now()'],
    ["words in text", "provider/core/x.ts", "const s = \"import('fs') Math.random()\";"],
    ["a sibling", "provider/core/x.ts", 'import { a } from "./model";'],
    ["the core, from above", "provider/lifecycle/x.ts", 'import { a } from "../core/model";'],
  ])("and nothing is found in %s", (_, file, source) => {
    expect(found(file, source)).toEqual([]);
  });
});
