import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, ROOT } from "./npm";

function loaded(program: string): string[] {
  const told = must(
    process.execPath,
    ["-e", `${program}; console.log(JSON.stringify(Object.keys(require.cache)))`],
    ROOT,
  );
  return (JSON.parse(told) as string[]).map((file) => file.slice(ROOT.length + 1));
}

const NETWORK = /^node_modules\/(axios|zod|follow-redirects|form-data)\//;

describe("what is loaded, and when", () => {
  const runtime = readFileSync(join(ROOT, "dist", "dynamic", "runtime.js"), "utf8");

  test("a program that reads no usage loads neither the HTTP client nor the schemas", () => {
    const files = loaded('require("pulumi-aixplain").ApiKey');
    expect(files).toContain("dist/program/api-key.js");
    expect(files.filter((file) => NETWORK.test(file) || /^dist\/(api|lifecycle)\//.test(file))).toEqual([]);
  });

  test("the runtime stands alone: no other file is found beside it, and it answers", () => {
    const directory = mkdtempSync(join(tmpdir(), "alone-"));
    try {
      copyFileSync(join(ROOT, "dist", "dynamic", "runtime.js"), join(directory, "runtime.js"));
      const bad = '{ budget: -1, __provider: "x" }';
      const told = must(
        process.execPath,
        [
          "-e",
          `process.env.AIXPLAIN_API_KEY = "k"; require("./runtime.js").provider.check({}, ${bad}).then((said) => console.log(JSON.stringify(said)))`,
        ],
        directory,
      );
      expect(told).toContain("budget must be 0 or more credits; got -1");
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  test("the runtime holds one of the languages of zod's messages", () => {
    const languages = [...runtime.matchAll(/^\/\/ node_modules\/zod\/\S*\/locales\/(\S+)$/gm)].map(
      ([, file]) => file,
    );
    expect(languages).toEqual(["en.js"]);
  });

  test("the notices name every package in the runtime, at the version that is installed, with its licence", () => {
    const notices = readFileSync(join(ROOT, "dist", "third-party-notices.txt"), "utf8").split(/\n-{80}\n\n/);
    const folders = new Set(
      [...runtime.matchAll(/^\s*\/\/ (\S*node_modules\/(?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(
        ([, folder]) => folder,
      ),
    );
    expect([...folders]).toEqual(expect.arrayContaining(["node_modules/axios", "node_modules/zod"]));
    for (const folder of folders) {
      const { name, version } = JSON.parse(
        readFileSync(join(ROOT, String(folder), "package.json"), "utf8"),
      ) as { readonly name: string; readonly version: string };
      const notice = notices.find((each) => each.startsWith(`${name}@${version}\n`));
      expect(notice).toMatch(/Permission is hereby granted|Redistribution and use|Apache License/);
    }
  });
});
