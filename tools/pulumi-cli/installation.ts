import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { codeOf } from "./errors";

/** A Pulumi CLI on disk, not yet known to work. */
export interface Installation {
  readonly origin: "path" | "download" | "go";
  /** The executable `pulumi`. */
  readonly pulumi: string;
  /** The directories a child's PATH begins with, so that the CLI finds its own companions first. */
  readonly path: readonly string[];
  /** The Node.js language host, and the host of dynamic providers where one is there. */
  readonly companions: readonly string[];
}

export const PULUMI = "pulumi";
export const LANGUAGE_HOST = "pulumi-language-nodejs";
export const DYNAMIC_HOST = "pulumi-resource-pulumi-nodejs";

/** The first executable file of this name in the directories, or undefined. */
export function findExecutable(name: string, directories: readonly string[]): string | undefined {
  for (const directory of directories) {
    for (const suffix of process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""]) {
      const file = join(directory, name + suffix);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** The directories of a PATH. Its empty and relative entries are left out: they mean another place in each working directory. */
export function searchPath(env: NodeJS.ProcessEnv): string[] {
  return (env[pathKey(env)] ?? "")
    .split(delimiter)
    .filter((entry) => entry.startsWith("/") || /^[a-z]:/i.test(entry));
}

/** Windows spells it `Path`, and looks it up in any case. */
export function pathKey(env: NodeJS.ProcessEnv): string {
  return Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
}

/**
 * The installation whose `pulumi` stands at this file; its companions are looked for beside it, beside the file that a link leads to (package
 * managers link), and on the given path. Undefined without a language host.
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
    // Not there, not ours to run, or no directory at all: each means "not this one".
    if (codeOf(error) !== undefined) return false;
    throw error;
  }
}
