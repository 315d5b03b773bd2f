import { parseArgs } from "node:util";
import { BenchError } from "./errors";

/** The shortest first. */
const PARTS = ["emulator", "doors", "scale"] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly help: boolean;
  readonly parts: readonly Part[];
  /** In rising order. */
  readonly sizes: readonly number[];
  /** Runs everything once, to test the bench. Do not quote the figures. */
  readonly quick: boolean;
}

export const HELP = `npm run bench -- [--only scale|doors|emulator] [--sizes 10,100,1000] [--quick]

  --only PART   measure one part: scale (stacks on a real engine), doors (the plugin beside the
                dynamic provider) or emulator (the server)
  --sizes LIST  numbers of keys of the stacks (default: 10,100,1000; with --quick: 10,50)
  --quick       everything once and short: to see that it works

A full run takes about forty minutes. It writes reports/bench and docs/scale.svg; any other run writes reports/bench-short.
`;

const FULL_SIZES = [10, 100, 1000];

const isPart = (text: string): text is Part => (PARTS as readonly string[]).includes(text);

/** @throws BenchError */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const { only, sizes, quick, help } = parse(argv);
  if (only !== undefined && !isPart(only))
    throw new BenchError(`--only takes ${PARTS.join(" or ")}, not ${only}`);
  const given = sizes?.split(",").map(Number);
  if (given?.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new BenchError(`--sizes takes whole numbers such as 10,100, not ${sizes}`);
  }
  return {
    help,
    parts: only === undefined ? PARTS : [only],
    sizes: [...(given ?? (quick ? [10, 50] : FULL_SIZES))].sort((a, b) => a - b),
    quick,
  };
}

/** Whether the figures may be quoted. */
export const isFull = ({ quick, sizes }: BenchOptions): boolean =>
  !quick && sizes.join() === FULL_SIZES.join();

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: "string" },
        sizes: { type: "string" },
        quick: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new BenchError(`${error instanceof Error ? error.message : String(error)} (see --help)`, {
      cause: error,
    });
  }
}
