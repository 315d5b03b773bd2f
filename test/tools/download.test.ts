import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CacheEntry } from "../../tools/pulumi-cli/cache";
import { type OfficialInstaller, officialDownload } from "../../tools/pulumi-cli/download";
import { WayFailedError } from "../../tools/pulumi-cli/errors";

const step = { detail: () => undefined, done: () => undefined, failed: () => undefined };

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "download-"));
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(cache, { recursive: true });
});

function installer(files: readonly string[]): OfficialInstaller {
  return {
    reach: async () => undefined,
    install: async (root, scratch) => {
      writeFileSync(join(scratch, "archive.tar.gz"), "bytes");
      mkdirSync(join(root, "bin"));
      for (const file of files) writeFileSync(join(root, "bin", file), "#!/bin/sh\n", { mode: 0o755 });
    },
  };
}

const RELEASE = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

async function obtain(using: OfficialInstaller) {
  const way = officialDownload(new CacheEntry(cache, "v1"), using);
  if (way.obtain === undefined) throw new Error("the download can be obtained");
  return { way, staged: await way.obtain(step) };
}

describe("the official download", () => {
  test("is staged first, and enters the cache whole when it is published", async () => {
    const { way, staged } = await obtain(installer(RELEASE));
    expect(way.present()).toBeUndefined();
    staged.publish();
    const bin = join(cache, "v1", "bin");
    expect(way.present()).toMatchObject({ origin: "download", pulumi: join(bin, "pulumi"), path: [bin] });
    expect(readdirSync(cache)).toEqual(["v1"]);
    expect(readdirSync(join(cache, "v1"))).toEqual(["bin"]);
  });

  test("is refused without touching the disk where the network refuses", async () => {
    const refused = new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
    const unreachable = { ...installer(RELEASE), reach: () => Promise.reject(refused) };
    const error = await obtain(unreachable).catch((thrown: unknown) => thrown);
    if (!(error instanceof WayFailedError)) throw new Error("expected a WayFailedError", { cause: error });
    expect(error.reason).toBe("get.pulumi.com cannot be reached: fetch failed (getaddrinfo ENOTFOUND)");
    expect(error.cause).toBe(refused);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("that breaks off leaves nothing behind", async () => {
    const breaking: OfficialInstaller = {
      reach: async () => undefined,
      install: async (root) => {
        mkdirSync(join(root, "bin"));
        throw new Error("connection reset");
      },
    };
    await expect(obtain(breaking)).rejects.toThrow("official download: connection reset");
    expect(readdirSync(cache)).toEqual([]);
  });

  test("that stalls is stopped, and the reason says so", async () => {
    jest.useFakeTimers();
    const stalling: OfficialInstaller = {
      reach: async () => undefined,
      install: (_root, _scratch, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("stopped")));
        }),
    };
    const refused = expect(obtain(stalling)).rejects.toThrow("official download: nothing arrived for 45 s");
    await jest.advanceTimersByTimeAsync(50_000);
    await refused;
    expect(jest.getTimerCount()).toBe(0);
    expect(readdirSync(cache)).toEqual([]);
  });

  test("without a language host in it is no CLI", async () => {
    await expect(obtain(installer(["pulumi"]))).rejects.toThrow("has no pulumi-language-nodejs in it");
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe("the cache", () => {
  test("keeps what another process has published in the meantime", async () => {
    const first = await obtain(installer(RELEASE));
    const second = await obtain(installer([...RELEASE, "second"]));
    first.staged.publish();
    second.staged.publish();
    expect(existsSync(join(cache, "v1", "bin", "second"))).toBe(false);
    expect(readdirSync(cache)).toEqual(["v1"]);
  });

  test("clears away what processes that are gone have left, and nothing else", async () => {
    // Above every system's highest process id.
    const dead = ".staging-99999999-0a0b0c0d";
    const alive = `.staging-${process.ppid}-0a0b0c0d`;
    mkdirSync(join(cache, dead, "bin"), { recursive: true });
    mkdirSync(join(cache, alive));
    const { staged } = await obtain(installer(RELEASE));
    staged.publish();
    expect(readdirSync(cache).sort()).toEqual([alive, "v1"]);
  });
});
