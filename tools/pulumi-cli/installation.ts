import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { codeOf } from "./errors";

/** A Pulumi CLI on disk, not verified yet. */
export interface Installation {
  readonly origin: "path" | "download" | "go";
  readonly pulumi: string;
  /** First on a child's PATH, so that the CLI finds its companions. */
  readonly path: readonly string[];
  readonly companions: readonly string[];
}

export const PULUMI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
export const DYNAMIC_HOST = "pulumi-resource-pulumi-nodejs";

export function findExecutable(name: string, directories: readonly string[]): string | undefined {
  for (const directory of directories) {
    for (const suffix of process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""]) {
      const file = join(directory, name + suffix);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** Without empty and relative entries, which depend on the working directory. */
export function searchPath(env: NodeJS.ProcessEnv): string[] {
  return (env[pathKey(env)] ?? "")
    .split(delimiter)
    .filter((entry) => entry.startsWith("/") || /^[a-z]:/i.test(entry));
}

export function pathKey(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
}

/**
 * The installation with this `pulumi`. Searches companions beside it, beside the target of a link, and on the path.
 * Undefined without a language host.
 */
export function installationAt(
  pulumi: string,
  origin: Installation["origin"],
  elsewhere: readonly string[] = [],
): Installation | undefined {
  const places = [dirname(pulumi), dirname(realpathSync(pulumi)), ...elsewhere];
  const languageHost = findExecutable(LANGUAGE_HOST, places);
  if (languageHost === undefined) return undefined;
  const dynamicHost = findExecutable(DYNAMIC_HOST, places);
  const companions = dynamicHost === undefined ? [languageHost] : [languageHost, dynamicHost];
  return {
    origin,
    pulumi,
    path: [...new Set([pulumi, ...companions].map((file) => dirname(file)))],
    companions,
  };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    // Missing, not executable, or not a directory.
    if (codeOf(error) !== undefined) return false;
    throw error;
  }
}
