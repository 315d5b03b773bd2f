import { type Goal, isMet } from "../goal";

type Cell = string | number;

/** Also readable on a terminal. Numbers are right-aligned. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(3, ...texts.map((row) => (row[column] ?? "").length)));
  const right = head.map((_, column) => rows.length > 0 && rows.every((row) => isNumeric(row[column] ?? "")));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, at) => (right[at] ? (row[at] ?? "").padStart(width) : (row[at] ?? "").padEnd(width))).join(" | ")} |`;
  const rule = `| ${widths.map((width, at) => (right[at] ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  const [first = [], ...rest] = texts;
  return [line(first), rule, ...rest.map(line)].join("\n");
}

const isNumeric = (cell: Cell): boolean => typeof cell === "number" || /^[\d.,]*( ?[a-zA-Z]+)?$/.test(cell);

export function goalTable(goals: readonly Goal[]): string {
  return table(
    ["what", "measured", "goal", ""],
    goals.map((goal) => {
      const { what, measured, atMost, atLeast, unit = "" } = goal;
      const bound = atMost === undefined ? `at least ${atLeast}${unit}` : `at most ${atMost}${unit}`;
      const figure = Number.isInteger(measured) ? String(measured) : measured.toFixed(2);
      return [what, `${figure}${unit}`, bound, isMet(goal) ? "met" : "MISSED"];
    }),
  );
}

export const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
export const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? "" : (bytes / 1e6).toFixed(0);
