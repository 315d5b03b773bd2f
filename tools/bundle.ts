/**
 * The last step of `npm run build`: bundles what a provider process loads into one file per front door, with the
 * licences of the bundled packages. See docs/decisions/bundled-runtime.md.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { z } from "zod";
import { lockfileSchema, runtimePackages } from "./supply-chain/lockfile";

const ROOT = join(__dirname, "..");
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), "utf8");

const manifest = z.object({ name: z.string(), version: z.string() });

interface Bundled {
  readonly id: string;
  readonly licence: string | undefined;
}

function bundled(folder: string): Bundled {
  const { name, version } = manifest.parse(JSON.parse(read(folder, "package.json")));
  const files = readdirSync(join(ROOT, folder));
  const file = files.find((each) => /^licen[cs]e(\.(md|txt))?$/i.test(each));
  const readme = files.find((each) => /^readme\.md$/i.test(each));
  const licence = file
    ? read(folder, file)
    : readme && /^#* *licen[cs]e\b.*/ims.exec(read(folder, readme))?.[0];
  return { id: `${name}@${version}`, licence: licence?.trim() || undefined };
}

/** Entry points without folder and extension. */
const BUNDLES = ["dynamic/runtime", "plugin/main"];

/** Returns the bundled files. */
function bundle(entry: string): string[] {
  const outfile = `dist/${entry}.js`;
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`provider/${entry}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    // `debug` tries to load supports-color, and gRPC loads its loader only for an admin service.
    external: ["supports-color", "@grpc/proto-loader"],
    legalComments: "none",
    metafile: true,
  });
  return Object.keys(metafile.outputs[outfile]?.inputs ?? {});
}

function main(): number {
  const files = BUNDLES.flatMap(bundle);
  const folders = new Set(files.flatMap((each) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(each)?.[0] ?? []));
  const packages = [...folders].sort().map(bundled);
  const lock = lockfileSchema.parse(JSON.parse(read("package-lock.json")));
  const audited = new Set(runtimePackages(lock, [""]).map(({ name, version }) => `${name}@${version}`));
  const problems = packages.flatMap(({ id, licence }) => [
    ...(audited.has(id) ? [] : [`${id} is bundled and is no dependency of ours: an audit would not see it`]),
    ...(licence === undefined ? [`${id} is bundled and its licence was not found`] : []),
  ]);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const notices = packages.map(({ id, licence = "" }) => `${id}\n\n${licence}\n`);
  const title = `${BUNDLES.map((each) => `dist/${each}.js`).join(" and ")} hold code of these packages.\n`;
  writeFileSync(
    join(ROOT, "dist", "third-party-notices.txt"),
    [title, ...notices].join(`\n${"-".repeat(80)}\n\n`),
  );
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main();
