import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "aixplain-emulator";
import { ensurePulumi, type PulumiCli, withTemporaryBackend } from "../../tools/pulumi-cli";
import { freePort } from "../harness/free-port";
import { has } from "../languages/toolchain";
import { skippedLoudly } from "../package/npm";
import { EXAMPLES, ExampleCopy, packAll, type StandIn } from "./examples/copy";
import { pythonStandIn } from "./examples/python";
import { missing } from "./examples/readme";

interface Row {
  readonly name: string;
  /** Where its stack is, below the folder of the example; none where a service of its own makes and removes its stacks. */
  readonly stack: string | undefined;
  readonly standIn?: (directory: string) => Promise<StandIn>;
}

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies: Versions;
}

const ROWS: readonly Row[] = [
  { name: "first-key", stack: "." },
  { name: "guide", stack: "." },
  { name: "team-keys", stack: "." },
  { name: "team", stack: "." },
  { name: "rotation", stack: "." },
  { name: "two-accounts", stack: "." },
  { name: "import", stack: "." },
  { name: "policy", stack: "." },
  { name: "automation-service", stack: undefined },
  { name: "component-library", stack: "program" },
  { name: "python", stack: ".", standIn: pythonStandIn },
  { name: "ci", stack: "." },
];

const canRun = ({ standIn }: Row): boolean =>
  standIn === undefined || (has("go", "version") && has("python3", "--version"));

/** What every example goes through after its README, which ends with an empty stack. */
const LIFECYCLE = [
  ["up", "--yes", "--skip-preview"],
  ["preview", "--expect-no-changes"],
  ["refresh", "--yes", "--skip-preview", "--expect-no-changes"],
  ["destroy", "--yes", "--skip-preview"],
];

const directory = realpathSync(mkdtempSync(join(tmpdir(), "examples-")));
const archives = packAll(directory);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("the table and the index name every example", () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(ROWS.map(({ name }) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
  const index = readFileSync(join(EXAMPLES, "README.md"), "utf8");
  for (const { name } of ROWS) expect(index).toContain(`| [${name}](${name}/README.md) |`);
});

test("no example lags behind the versions that the checkout develops with", () => {
  const manifests = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((file) =>
    /^(?!.*node_modules).*package\.json$/.test(file),
  );
  expect(manifests.length).toBeGreaterThan(ROWS.length);
  const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8")) as Manifest;
  const own: Versions = read(EXAMPLES, "..", "package.json").devDependencies;
  for (const file of manifests) {
    const { dependencies, devDependencies } = read(EXAMPLES, file);
    const shared = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => name in own);
    expect({ file, ...Object.fromEntries(shared) }).toEqual({
      file,
      ...Object.fromEntries(shared.map(([name]) => [name, own[name]])),
    });
  }
});

skippedLoudly(archives.reached)("examples, in a copy and with the packed packages", () => {
  let cli: PulumiCli;
  beforeAll(async () => {
    cli = await ensurePulumi();
  }, 15 * 60_000);

  for (const { name } of ROWS.filter((row) => !canRun(row)))
    test.skip(`${name}: needs Go and Python`, () => {});

  test.each(ROWS.filter(canRun))(
    "$name does what its README says; then: up, no changes, refresh, destroy",
    async ({ name, stack, standIn }) => {
      const emulator = await startEmulator();
      const research = await startEmulator();
      try {
        await withTemporaryBackend(cli, async (backend) => {
          const env = {
            ...backend.env,
            AIXPLAIN_API_KEY: emulator.adminKey,
            BACKEND_URL: emulator.url,
            PORT: String(await freePort()),
            RESEARCH_ADMIN_KEY: research.adminKey,
            RESEARCH_BACKEND_URL: research.url,
            TEAM_API_KEY: undefined,
            // A type error in an example fails it, as it does for its reader.
            PULUMI_NODEJS_TRANSPILE_ONLY: undefined,
            npm_config_prefer_offline: "true",
          };
          const copy = join(backend.directory, name);
          const example = new ExampleCopy(copy, cli, env, name, archives, await standIn?.(backend.directory));
          expect(example.blocks.length).toBeGreaterThan(0);
          const { code, outputs } = await example.readme();
          expect(`${code}\n${outputs.join("")}`).toMatch(/^0\n/);
          for (const [index, block] of example.blocks.entries()) {
            const output = outputs[index] ?? "";
            expect({ missing: missing(block, output), output }).toEqual({ missing: undefined, output });
          }
          for (const args of stack === undefined ? [] : LIFECYCLE) {
            const { code, stdout, stderr } = await example.pulumi(String(stack), ...args);
            expect(`${args.join(" ")}: ${code}\n${stdout}${stderr}`).toMatch(/^[^\n]*: 0\n/);
          }
        });
        for (const { controls } of [emulator, research])
          expect(controls.keys().filter(({ isAdmin }) => !isAdmin)).toEqual([]);
      } finally {
        await emulator.close();
        await research.close();
      }
    },
    20 * 60_000,
  );
});
