/** Archives of the plugin, one per platform that the CLI supports. All contain the same JavaScript, which needs Node.js on PATH. */
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { VERSION } from "../../provider/version";

const ROOT = join(__dirname, "..", "..");
const PLATFORMS = ["darwin", "linux", "windows"].flatMap((os) => [`${os}-amd64`, `${os}-arm64`]);
const PAPERS = ["LICENSE", "dist/third-party-notices.txt"];

function collect(directory: string): string[] {
  const copied = ["dist/plugin/main.js", ...PAPERS].map((file) => {
    const name = file.split("/").at(-1) ?? file;
    copyFileSync(join(ROOT, file), join(directory, name));
    return name;
  });
  const script = "pulumi-resource-aixplain";
  writeFileSync(join(directory, script), '#!/usr/bin/env node\nrequire("./main.js");\n');
  chmodSync(join(directory, script), 0o755);
  writeFileSync(join(directory, `${script}.cmd`), '@echo off\r\nnode "%~dp0main.js" %*\r\n');
  return [script, `${script}.cmd`, ...copied];
}

/** Returns the paths of the archives. */
export function writeArchives(target: string): string[] {
  mkdirSync(target, { recursive: true });
  const staged = mkdtempSync(join(tmpdir(), "plugin-archive-"));
  try {
    const files = collect(staged);
    return PLATFORMS.map((platform) => {
      const archive = resolve(target, `pulumi-resource-aixplain-v${VERSION}-${platform}.tar.gz`);
      const { status, error } = spawnSync("tar", ["-czf", archive, ...files], {
        cwd: staged,
        stdio: "inherit",
      });
      if (status !== 0) throw error ?? new Error(`tar ended with ${status}`);
      return archive;
    });
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}
