import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, startEmulator } from "aixplain-emulator";
import { GuideStack } from "../../tools/demo/stack";
import { ensurePulumi, type PulumiCli, withTemporaryBackend } from "../../tools/pulumi-cli";
import { linkTo, writeProgram } from "./consumer";
import { install, must, pack, ROOT, skippedLoudly, unpack } from "./npm";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "installed-")));
const tarball = pack(ROOT, directory);
const copied = join(directory, "copied");
mkdirSync(copied);
writeFileSync(join(copied, "package.json"), '{ "name": "copied", "private": true }\n');
const packages = [tarball, "@pulumi/pulumi@3.248.0", "typescript@5.9.3", "@types/node@20.19.43"];
const reached = install(copied, packages);

/** A linked package brings its own dependencies, as a checkout does: the program then has another Pulumi SDK than it. */
function linkedProject(): string {
  const target = unpack(tarball, directory);
  symlinkSync(join(ROOT, "node_modules"), join(target, "node_modules"), "junction");
  return linkTo(target, copied, join(directory, "linked"));
}

const WAYS = [
  { way: "by copy, to a CommonJS program", kind: "commonjs", project: () => copied },
  { way: "by copy, to an ES module", kind: "module", project: () => copied },
  { way: "through a link, to a CommonJS program", kind: "commonjs", project: linkedProject },
] as const;

skippedLoudly(reached).each(WAYS)("the packed package, given $way", ({ kind, project }) => {
  let cli: PulumiCli;
  let emulator: Emulator;
  let root: string;
  beforeAll(async () => {
    cli = await ensurePulumi();
    emulator = await startEmulator();
    root = project();
    writeProgram(root, kind);
  });
  afterAll(() => emulator.close());

  test("has types that the compiler finds and believes", () => {
    const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    expect(must(process.execPath, [tsc, "-p", "."], root)).toBe("");
  });

  test("lets the real CLI preview, create and destroy a key", async () => {
    const { controls } = emulator;
    await withTemporaryBackend(cli, async (backend) => {
      const env = { AIXPLAIN_API_KEY: "", TEAM_API_KEY: "", BACKEND_URL: "", NO_COLOR: "1" };
      const stack = new GuideStack((args, options) => backend.run(args, options), root, env);
      await stack.init(emulator.adminKey, emulator.url);
      expect(await stack.preview()).toMatchObject({
        ok: true,
        text: expect.stringContaining("+ 2 to create"),
      });
      expect(controls.keys()).toHaveLength(1);
      expect(await stack.up()).toMatchObject({ ok: true });
      expect(controls.keys()).toContainEqual(
        expect.objectContaining({ name: expect.stringMatching(/^packed-[0-9a-f]{7}$/), budget: 10 }),
      );
      expect(await stack.preview("--expect-no-changes")).toMatchObject({ ok: true });
      expect(await stack.destroy()).toMatchObject({ ok: true });
      expect(controls.keys()).toHaveLength(1);
    });
    rmSync(join(root, "Pulumi.demo.yaml"), { force: true });
  });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));
