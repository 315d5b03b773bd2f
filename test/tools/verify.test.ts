import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Installation, installationAt } from "../../tools/pulumi-cli/installation";
import { rememberedIn } from "../../tools/pulumi-cli/verify";
import { silentProgress } from "./silent-progress";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "verify-"));
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "bin", "pulumi-language-nodejs"), "", { mode: 0o755 });
});
afterEach(() => {
  rmSync(root, { recursive: true });
  delete process.env.PULUMI_STACK;
});

function cli({ answer = 42, up = "true" } = {}): Installation {
  const script = `#!/bin/sh
echo "$1 $2 \${PULUMI_STACK-no-stack} $PULUMI_BACKEND_URL" >> '${join(root, "log")}'
case "$1 $2" in
  version*) echo v3.1.4 ;;
  up*) ${up} ;;
  "stack output") echo ${answer} ;;
esac
`;
  writeFileSync(join(root, "bin", "pulumi"), script, { mode: 0o755 });
  const installation = installationAt(join(root, "bin", "pulumi"), "go");
  if (installation === undefined) throw new Error("the language host is there");
  return installation;
}

const verify = (installation: Installation) =>
  rememberedIn(join(root, "verified"))(installation, silentProgress);
const log = () => readFileSync(join(root, "log"), "utf8").trim().split("\n");

describe("verifying a CLI", () => {
  test("runs a program against a state of its own, untouched by the user's settings", async () => {
    process.env.PULUMI_STACK = "the-users-own";
    expect(await verify(cli())).toBe("3.1.4");
    expect(log().map((line) => line.split(" ")[0])).toEqual(["version", "stack", "up", "stack"]);
    for (const line of log()) expect(line).toMatch(/no-stack file:\/\/\/.*\/state$/);
  });

  test("costs nothing the second time, and is done anew for another build", async () => {
    const first = cli();
    await verify(first);
    expect(await verify(first)).toBe("3.1.4");
    expect(log()).toHaveLength(4);
    await verify(cli({ up: "echo rebuilt" }));
    expect(log()).toHaveLength(8);
  });

  test("fails with the engine's own words, and remembers nothing", async () => {
    const up = "echo; printf '\\033[31merror: no language host\\033[0m\\nbye\\n' >&2; exit 255";
    await expect(verify(cli({ up }))).rejects.toThrow(
      /^`pulumi up` ended with code 255: error: no language host$/,
    );
    expect(readdirSync(root).sort()).toEqual(["bin", "log"]);
  });

  test("does not trust an exit code alone", async () => {
    await expect(verify(cli({ answer: 41 }))).rejects.toThrow("the program's output is 41 instead of 42");
  });

  test("takes a damaged mark for none", async () => {
    const installation = cli();
    await verify(installation);
    const [mark = ""] = readdirSync(join(root, "verified"));
    writeFileSync(join(root, "verified", mark), "{");
    expect(await verify(installation)).toBe("3.1.4");
    expect(log()).toHaveLength(8);
  });
});
