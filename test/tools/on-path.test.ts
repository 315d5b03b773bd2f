import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { PulumiCli } from "../../tools/pulumi-cli/cli";
import { onPath } from "../../tools/pulumi-cli/on-path";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "on-path-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function executable(directory: string, name: string, mode = 0o755): string {
  mkdirSync(join(root, directory), { recursive: true });
  const file = join(root, directory, name);
  writeFileSync(file, "#!/bin/sh\n", { mode });
  return file;
}

const path = (...directories: string[]) => ({
  PATH: directories.map((name) => join(root, name)).join(delimiter),
});

describe("`pulumi` on PATH", () => {
  test("is found with its language host beside it", () => {
    const pulumi = executable("bin", "pulumi");
    const host = executable("bin", "pulumi-language-nodejs");
    expect(onPath(path("other", "bin")).present()).toEqual({
      origin: "path",
      pulumi,
      path: [join(root, "bin")],
      companions: [host],
    });
  });

  test("is found with its language host elsewhere on PATH", () => {
    const pulumi = executable("a", "pulumi");
    executable("b", "pulumi-language-nodejs");
    expect(onPath(path("a", "b")).present()).toMatchObject({
      pulumi,
      path: [join(root, "a"), join(root, "b")],
    });
  });

  test("is found with its language host beside the file that a package manager's link leads to", () => {
    executable("cellar", "pulumi");
    const host = executable("cellar", "pulumi-language-nodejs");
    mkdirSync(join(root, "bin"));
    symlinkSync(join(root, "cellar", "pulumi"), join(root, "bin", "pulumi"));
    expect(onPath(path("bin")).present()).toMatchObject({
      pulumi: join(root, "bin", "pulumi"),
      companions: [host],
    });
  });

  test("without a language host is refused, with the reason", () => {
    const pulumi = executable("bin", "pulumi");
    expect(() => onPath(path("bin")).present()).toThrow(
      `${pulumi} is there, but no pulumi-language-nodejs beside it or on PATH`,
    );
  });

  test("is not a directory, a file without the run bit, or something in the working directory", () => {
    mkdirSync(join(root, "a", "pulumi"), { recursive: true });
    executable("b", "pulumi", 0o644);
    expect(onPath({ PATH: `${path("a", "b").PATH}${delimiter}${delimiter}.` }).present()).toBeUndefined();
    expect(onPath({}).present()).toBeUndefined();
  });
});

describe("a child's environment", () => {
  const cli = new PulumiCli({ origin: "go", pulumi: "/cli/pulumi", path: ["/cli"], companions: [] }, "3.1.4");

  test("has the CLI first on PATH, no update check and no plugin downloads", () => {
    expect(cli.env({}, { PATH: "/usr/bin", HOME: "/home" })).toEqual({
      HOME: "/home",
      PATH: `/cli${delimiter}/usr/bin`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    });
  });

  test("follows the user's settings, and the caller's above those", () => {
    const env = cli.env(
      { PULUMI_STACK: undefined, PULUMI_HOME: "/caller" },
      { PULUMI_STACK: "user", PULUMI_HOME: "/user", PULUMI_SKIP_UPDATE_CHECK: "false" },
    );
    expect(env).toMatchObject({ PATH: "/cli", PULUMI_HOME: "/caller", PULUMI_SKIP_UPDATE_CHECK: "false" });
    expect(env).not.toHaveProperty("PULUMI_STACK");
  });
});
