import path from "node:path";
import { factsBelow, factsOf, type SourceFacts } from "../core/source-facts";

const ROOT = path.join(__dirname, "../..");
const SOURCES = "emulator/src";

/** Which rooms each room may name. Files outside of the rooms assemble them, and may name any. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  account: [],
  runs: ["account"],
  wire: ["account", "runs"],
  storage: ["account"],
  controls: ["account", "runs", "wire"],
  http: ["account", "runs", "wire", "controls"],
  command: ["account", "runs", "controls"],
};

const roomOf = (file: string): string =>
  file
    .slice(SOURCES.length + 1)
    .split("/")
    .slice(0, -1)[0] ?? "";

const named = ({ file, imports }: SourceFacts): string[] =>
  imports
    .filter(({ module }) => module.startsWith("."))
    .map(({ module }) => path.posix.join(path.posix.dirname(file), module).replace(/\.js$/, ".ts"));

function circle(sources: readonly SourceFacts[]): string[] | undefined {
  const arrows = new Map(sources.map((source) => [source.file, named(source)]));
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of arrows.get(file) ?? []) {
      const found = walk(next, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of arrows.keys()) {
    const found = walk(file, []);
    if (found) return found;
  }
  return undefined;
}

const crossings = (sources: readonly SourceFacts[]): string[] =>
  sources.flatMap((source) => {
    const room = roomOf(source.file);
    if (room === "") return [];
    return named(source)
      .filter((file) => roomOf(file) !== "" && roomOf(file) !== room && !ROOMS[room]?.includes(roomOf(file)))
      .map((file) => `${source.file} names ${file}`);
  });

const sources = factsBelow(ROOT, SOURCES);

test("every file lies in a known room, and its arrows lead to files that are there", () => {
  const files = sources.map(({ file }) => file);
  expect(new Set(files.map(roomOf))).toEqual(new Set(["", ...Object.keys(ROOMS)]));
  for (const source of sources) expect(files).toEqual(expect.arrayContaining(named(source)));
});

test("no file imports itself by way of others, types included", () => {
  expect(circle(sources)).toBeUndefined();
});

test("rooms name only the rooms below them", () => {
  expect(crossings(sources)).toEqual([]);
});

test("a planted circle and a planted crossing are found", () => {
  const planted = [
    ...sources,
    factsOf(`${SOURCES}/account/planted.ts`, 'import type { Route } from "../wire/routes.js";'),
    factsOf(`${SOURCES}/account/clock.ts`, 'export { x } from "./planted.js";'),
  ];
  expect(circle(planted)).toContain(`${SOURCES}/account/planted.ts`);
  expect(crossings(planted)).toEqual([`${SOURCES}/account/planted.ts names ${SOURCES}/wire/routes.ts`]);
});
