import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";
import { UNKNOWN } from "../../provider/core/unknown";
import { BAD_INPUTS, type BadInput } from "../bad-input";
import { type CliProject, type Told, withCliProject } from "./project";

/** Reads the declaration of this run, and puts a value that no preview knows wherever the table says so. */
const PROGRAM = `
const { deserialize } = require("node:v8");
const declarations = deserialize(require("node:fs").readFileSync("declarations"));
const unknown = new ApiKey("created-first", {}).id;
const known = (value) =>
  value === ${JSON.stringify(UNKNOWN)} ? unknown
  : Array.isArray(value) ? value.map(known)
  : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, known(v)]))
  : value;
new ApiKey("bad", known(declarations[Number(process.env.DECLARATION)]));
`;

const SIDE_BY_SIDE = 2;

interface Declaration {
  readonly args: BadInput["args"];
  readonly rows: readonly BadInput[];
}

/**
 * The engine ends a preview at the first resource that is refused, and a preview takes a second or two. But all that is
 * wrong with one resource is said at once, so rows of the table that speak of different properties share a resource.
 */
function packed(rows: readonly BadInput[]): Declaration[] {
  const packs: { args: Record<string, unknown>; rows: BadInput[] }[] = [];
  for (const row of rows) {
    const pack = packs.find(({ args }) => !Object.keys(row.args).some((property) => property in args));
    if (pack) {
      Object.assign(pack.args, row.args);
      pack.rows.push(row);
    } else packs.push({ args: { ...row.args }, rows: [row] });
  }
  return packs;
}

const ROWS = BAD_INPUTS.filter(({ onlyInProcess }) => onlyInProcess === undefined);
const DECLARATIONS = packed(ROWS);

async function previewAll(project: CliProject): Promise<Told[]> {
  writeFileSync(join(project.directory, "declarations"), serialize(DECLARATIONS.map(({ args }) => args)));
  project.program(PROGRAM);
  const told: Told[] = [];
  let next = 0;
  const worker = async (number: number): Promise<void> => {
    const stack = `worker-${number}`;
    await project.must(["stack", "init", stack, "--no-select"]);
    for (let index = next++; index < DECLARATIONS.length; index = next++) {
      told[index] = await project.run(["preview", "--stack", stack], { DECLARATION: String(index) });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, number) => worker(number)));
  return told;
}

describe("bad declarations in a preview by the real CLI", () => {
  let told: Told[] = [];
  let requests: readonly { readonly method: string }[] = [];

  beforeAll(async () => {
    await withCliProject(async (project) => {
      told = await previewAll(project);
      requests = project.emulator.controls.requests();
    });
  }, 600_000);

  test(`all of the ${ROWS.length} rows are refused, in ${DECLARATIONS.length} previews`, () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(60);
    expect(told).toHaveLength(DECLARATIONS.length);
    expect(told.filter(({ ok }) => ok)).toEqual([]);
  });

  test("nothing is written on the platform", () => {
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  const cases = DECLARATIONS.flatMap(({ rows }, index) => rows.map((row) => ({ ...row, index })));
  test.each(cases)("$title", ({ index, problems }) => {
    const lines = (told[index]?.text ?? "")
      .split("\n")
      .filter((line) => line.includes("resource 'bad' has a problem"));
    const missing = problems.filter(
      ({ property, reason }) =>
        !lines.some((line) => line.includes(`has a problem: ${property} `) && line.includes(reason)),
    );
    expect({ missing, instead: missing.length > 0 ? lines : [] }).toEqual({ missing: [], instead: [] });
  });
});
