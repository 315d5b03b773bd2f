import { ensureFrom } from "../../tools/pulumi-cli/ensure";
import { NoPulumiCliError, WayFailedError } from "../../tools/pulumi-cli/errors";
import type { Installation } from "../../tools/pulumi-cli/installation";
import type { Progress } from "../../tools/pulumi-cli/progress";
import type { Staged, Way } from "../../tools/pulumi-cli/way";
import { silentProgress } from "./silent-progress";

/** The three ways as probes: what is there, what can be obtained, and a log of what was asked of them. */
function world(
  present: Partial<Record<Installation["origin"], boolean>>,
  obtainable: Partial<Record<Installation["origin"], "works" | "fails">> = {},
  broken: readonly string[] = [],
) {
  const log: string[] = [];
  const notes: string[] = [];
  const cached = { ...present };
  const installation = (origin: Installation["origin"], state: string): Installation => ({
    origin,
    pulumi: `${origin}-${state}`,
    path: [],
    companions: [],
  });
  const way = (origin: Installation["origin"], name: string): Way => ({
    name,
    present: () => (cached[origin] === true ? installation(origin, "there") : undefined),
    ...(origin === "path"
      ? {}
      : {
          directory: `cache/${origin}`,
          obtain: async (): Promise<Staged> => {
            log.push(`obtain ${origin}`);
            if (obtainable[origin] !== "works") throw new WayFailedError(name, `no ${origin} today`);
            return {
              installation: installation(origin, "staged"),
              publish: () => {
                log.push(`publish ${origin}`);
                cached[origin] = true;
              },
              discard: () => log.push(`discard ${origin}`),
            };
          },
        }),
  });
  const progress: Progress = {
    note: (line) => notes.push(line),
    begin: () => ({ detail: () => undefined, done: () => undefined, failed: () => undefined }),
  };
  const verify = async ({ pulumi }: Installation) => {
    log.push(`verify ${pulumi}`);
    if (broken.includes(pulumi)) throw new Error(`${pulumi} exploded`);
    return "3.1.4";
  };
  const ways = [way("path", "PATH"), way("download", "download"), way("go", "build")];
  return { run: () => ensureFrom(ways, verify, progress), log, notes };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("the order of the ways to a Pulumi CLI", () => {
  test("the user's own CLI on PATH is preferred to everything in the cache", async () => {
    const { run, log, notes } = world({ path: true, download: true, go: true });
    expect(await run()).toMatchObject({ version: "3.1.4", installation: { origin: "path" } });
    expect(log).toEqual(["verify path-there"]);
    expect(notes).toEqual([]);
  });

  test("a build that is cached is used before the download is tried again", async () => {
    const { run, log } = world({ go: true }, { download: "works" });
    expect((await run()).installation.origin).toBe("go");
    expect(log).toEqual(["verify go-there"]);
  });

  test("with nothing there the official download comes before the build", async () => {
    const { run, log } = world({}, { download: "works", go: "works" });
    expect((await run()).installation.pulumi).toBe("download-there");
    expect(log).toEqual([
      "obtain download",
      "verify download-staged",
      "publish download",
      "verify download-there",
    ]);
  });

  test("where the download is refused the CLI is built", async () => {
    const { run, log } = world({}, { download: "fails", go: "works" });
    expect((await run()).installation.origin).toBe("go");
    expect(log.filter((entry) => entry.startsWith("obtain"))).toEqual(["obtain download", "obtain go"]);
  });
});

describe("a CLI that is there but runs no program", () => {
  test("on PATH it is passed over, and the user is told why", async () => {
    const { run, notes } = world({ path: true, download: true }, {}, ["path-there"]);
    expect((await run()).installation.origin).toBe("download");
    expect(notes).toEqual(["PATH cannot be used: path-there does not run a program: path-there exploded"]);
  });

  test("freshly obtained it never enters the cache", async () => {
    const { run, log } = world({}, { download: "works", go: "works" }, ["download-staged"]);
    expect((await run()).installation.origin).toBe("go");
    expect(log).toContain("discard download");
    expect(log).not.toContain("publish download");
  });

  test("in the cache it is neither tried nor obtained a second time, and the user is told what to remove", async () => {
    const { run, log, notes } = world({ download: true }, { download: "works", go: "works" }, [
      "download-there",
    ]);
    expect((await run()).installation.origin).toBe("go");
    expect(log).toEqual([
      "verify download-there",
      "obtain go",
      "verify go-staged",
      "publish go",
      "verify go-there",
    ]);
    expect(notes).toEqual([
      expect.stringMatching(/download-there exploded\nTo obtain it anew, remove cache\/download$/),
    ]);
  });
});

describe("when none of the ways works", () => {
  test("one error names all three in order, each with its reason and its cause", async () => {
    const { run } = world({}, {});
    const error = await failureOf(run());
    if (!(error instanceof NoPulumiCliError))
      throw new Error("expected a NoPulumiCliError", { cause: error });
    expect(error.failures.map(({ way, reason }) => `${way}: ${reason}`)).toEqual([
      "PATH: not found",
      "download: no download today",
      "build: no go today",
    ]);
    expect(error.message).toMatch(
      /1\. PATH\n +not found\n +2\. download\n +no download today\n +3\. build\n +no go today/,
    );
    expect(error.cause).toBeInstanceOf(AggregateError);
  });

  test("a fault of the tool itself is not mistaken for a way that failed", async () => {
    const fault = new TypeError("a bug");
    const way: Way = {
      name: "PATH",
      present: () => {
        throw fault;
      },
    };
    expect(await failureOf(ensureFrom([way], async () => "1", silentProgress))).toBe(fault);
  });
});
