import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CacheEntry } from "../../tools/pulumi-cli/cache";
import { goBuild } from "../../tools/pulumi-cli/go-build";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "go-build-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A `go` that notes how it was called and leaves an executable where it is told to. */
const COMPILER = `
echo "$1 $GOTOOLCHAIN $GOWORK \${GOOS-native} $(echo *)" >> "$LOG"
if [ "$1" = list ]; then echo a; echo b; exit 0; fi
while [ "$1" != -o ]; do shift; done
echo a >&2
printf '#!/bin/sh\\n' > "$2" && chmod +x "$2"
`;

async function build(script: string | undefined) {
  if (script !== undefined) writeFileSync(join(root, "go"), `#!/bin/sh\n${script}`, { mode: 0o755 });
  const env = { PATH: `${root}:/usr/bin:/bin`, LOG: join(root, "log"), GOOS: "plan9" };
  const details: string[] = [];
  const way = goBuild(new CacheEntry(join(root, "cache"), "v1"), script === undefined ? { PATH: root } : env);
  const step = {
    detail: (text: string) => details.push(text),
    done: () => undefined,
    failed: () => undefined,
  };
  if (way.obtain === undefined) throw new Error("a build can be obtained");
  return { way, details, staged: await way.obtain(step) };
}

describe("the build from Go modules", () => {
  test("puts the CLI, its language host and the host of dynamic providers side by side, all executable", async () => {
    const { way, staged } = await build(COMPILER);
    staged.publish();
    const bin = join(root, "cache", "v1", "bin");
    expect(way.present()).toEqual({
      origin: "go",
      pulumi: join(bin, "pulumi"),
      path: [bin],
      companions: [join(bin, "pulumi-language-nodejs"), join(bin, "pulumi-resource-pulumi-nodejs")],
    });
    // The sources' copies are gone: nothing but the result is kept.
    expect(readdirSync(join(root, "cache", "v1"))).toEqual(["bin"]);
  });

  test("builds each pinned module for this machine with the Go that is there", async () => {
    const { details } = await build(COMPILER);
    expect(readFileSync(join(root, "log"), "utf8").trim().split("\n")).toEqual(
      ["list", "build", "list", "build"].map((command) => `${command} local off native go.mod go.sum`),
    );
    expect(details).toContain("the CLI: 1 of 2 packages");
  });

  test("tells what Go has said when it fails, and leaves nothing behind", async () => {
    const failing = "echo 'go: go.mod requires go >= 9.9 (running go 1.0; GOTOOLCHAIN=local)' >&2; exit 1";
    await expect(build(failing)).rejects.toMatchObject({
      name: "WayFailedError",
      reason:
        "`go list` ended with code 1: go: go.mod requires go >= 9.9 (running go 1.0; GOTOOLCHAIN=local)",
    });
    expect(readdirSync(join(root, "cache"))).toEqual([]);
  });

  test("says so where there is no Go", async () => {
    await expect(build(undefined)).rejects.toThrow("build from Go modules: no `go` on PATH");
  });
});
