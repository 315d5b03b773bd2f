import { writeFileSync } from "node:fs";
import type { ScaleResult } from "../scale/index";
import type { Operation, Run, Subject } from "../scale/model";
import { median } from "../statistics";
import { type Chart, type Line, svg } from "./chart";

/** A typical latency over the network. */
const LATENCY_MS = 50;

interface Who {
  readonly subject: Subject;
  readonly latencyMs: number;
  readonly style: Omit<Line, "points">;
}

const OURS: Who = {
  subject: "aixplain",
  latencyMs: LATENCY_MS,
  style: { name: "pulumi-aixplain", color: "#0969da" },
};
const FLOOR: Who = {
  subject: "inert",
  latencyMs: 0,
  style: { name: "Pulumi, no calls", color: "#57606a", dashed: true },
};
const SCRIPT: Who = {
  subject: "script",
  latencyMs: LATENCY_MS,
  style: { name: "a script", color: "#bc4c00" },
};

const allCalls = ({ requests }: Run): number =>
  Object.values(requests).reduce((sum, count) => sum + count, 0);
const seconds = ({ wallMs }: Run): number => wallMs / 1000;

function line(result: ScaleResult, who: Who, operation: Operation, figure: (run: Run) => number): Line {
  const points = result.measurements
    .filter((each) => each.subject === who.subject && each.latencyMs === who.latencyMs)
    .filter((each) => each.operation === operation && each.checkpoints)
    .map(({ keys, runs }): [number, number] => [keys, median(runs.map(figure))])
    .sort(([a], [b]) => a - b);
  return { ...who.style, points };
}

export function writePlot(path: string, result: ScaleResult): void {
  const time = (operation: Operation, title: string): Chart => ({
    title,
    subtitle: `seconds, ${LATENCY_MS} ms per call`,
    lines: [SCRIPT, OURS, FLOOR].map((who) => line(result, who, operation, seconds)),
    format: (y) => `${y.toLocaleString("en-US")} s`,
  });
  const preview = "no-op preview";
  const charts: Chart[] = [
    time(preview, "Preview with live drift check"),
    time("create", "Creating the keys"),
    {
      title: "Calls of such a preview",
      subtitle: "requests to the API",
      lines: [SCRIPT, OURS].map((who) => line(result, who, preview, allCalls)),
      format: (y) => y.toLocaleString("en-US"),
    },
  ];
  writeFileSync(path, svg(charts, "Time and calls over the number of keys in one stack"));
}
