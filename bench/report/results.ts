import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { DoorResult } from "../doors/index";
import type { EmulatorResult } from "../emulator/model";
import type { ScaleResult } from "../scale/index";
import { doorsReport } from "./doors";
import { emulatorReport } from "./emulator";
import { scaleReport } from "./scale";

export interface Circumstances {
  readonly at: string;
  readonly machine: string;
  readonly node: string;
}

export interface Results {
  readonly scale?: ScaleResult & { readonly measured: Circumstances };
  readonly doors?: DoorResult & { readonly measured: Circumstances };
  readonly emulator?: EmulatorResult & { readonly measured: Circumstances };
}

export function circumstances(): Circumstances {
  const [cpu] = cpus();
  return {
    at: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores (${cpu?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`,
    node: process.version,
  };
}

export const onWhat = ({ at, machine, node }: Circumstances): string =>
  `Measured on ${at}: ${machine}, Node.js ${node}`;

export function report({ scale, doors, emulator }: Results): string {
  return [
    "# Bench",
    "Written by `npm run bench`. Speed is stated as ratios within one run: the seconds belong to the machine.",
    ...(scale ? [`${onWhat(scale.measured)}, Pulumi ${scale.pulumi}.`, scaleReport(scale)] : []),
    ...(doors ? [`${onWhat(doors.measured)}, Pulumi ${doors.pulumi}.`, doorsReport(doors)] : []),
    ...(emulator ? [`${onWhat(emulator.measured)}.`, emulatorReport(emulator)] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

/** Keeps the earlier results of parts that were not measured. */
export function writeResults(directory: string, now: Results): void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "latest.json");
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : {};
  const results = { ...before, ...now };
  writeFileSync(file, `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(directory, "latest.md"), report(results));
}
