import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureGateway } from "../../tools/shared-backend";
import { silentProgress } from "./silent-progress";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gateway-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A `go` that notes how it was called and leaves an executable where it is told to. */
const COMPILER = `
echo "$1 $GOTOOLCHAIN $(echo *)" >> "$LOG"
if [ "$1" = list ]; then echo a; exit 0; fi
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\n' > "$2" && chmod +x "$2"
`;

const obtain = (script: string | undefined) => {
  if (script !== undefined) writeFileSync(join(root, "go"), `#!/bin/sh\n${script}`, { mode: 0o755 });
  const path = script === undefined ? root : `${root}:/usr/bin:/bin`;
  const env = { PATH: path, LOG: join(root, "log"), PULUMI_AIXPLAIN_CACHE: join(root, "cache") };
  return ensureGateway({ env, progress: silentProgress });
};

const log = (): string[] => readFileSync(join(root, "log"), "utf8").trim().split("\n");
const kept = (): string[] =>
  readdirSync(join(root, "cache", "s3-server")).filter((name) => !/locked/.test(name));

// The compiler here is a shell script, and the server is not built on Windows.
(process.platform === "win32" ? describe.skip : describe)("the S3 server of a shared state", () => {
  test("is built from pinned modules once, with the Go that is there, and kept", async () => {
    const executable = await obtain(COMPILER);
    expect(executable).toMatch(/cache\/s3-server\/v1\.8\.0-\w+-\w+\/bin\/versitygw$/);
    expect(await obtain(COMPILER)).toBe(executable);
    expect(log()).toEqual(["list local go.mod go.sum", "build local go.mod go.sum"]);
    expect(kept()).toHaveLength(1);
  });

  test("says what is needed where there is no Go", async () => {
    await expect(obtain(undefined)).rejects.toMatchObject({
      name: "NoGatewayError",
      message: expect.stringMatching(/no `go` on PATH\nInstall Go .* and allow a Go module proxy/),
    });
  });

  test("tells what Go has said when the build fails, and keeps nothing", async () => {
    const refused = "echo 'proxy: connection refused' >&2; exit 1";
    await expect(obtain(refused)).rejects.toMatchObject({
      name: "NoGatewayError",
      message: expect.stringContaining("`go list` ended with code 1: proxy: connection refused"),
    });
    expect(kept()).toEqual([]);
  });
});
