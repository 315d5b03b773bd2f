import { join } from "node:path";
import type { RunResult } from "../../tools/pulumi-cli/process";
import { command } from "./command-process";
import type { CliProject } from "./project";

/** The command in a project, where it finds the CLI and the stacks. */
export const inProject = (
  project: CliProject,
  args: readonly string[],
  { adminKey, url } = project.emulator,
): Promise<RunResult> => {
  const env = project.cli.env({ ...project.backend.env, AIXPLAIN_API_KEY: adminKey, BACKEND_URL: url });
  return command({ adminKey, url }, [...args, "--cwd", project.directory], env);
};

/** Everything that a run of the command said. */
export const said = ({ stdout, stderr }: RunResult): string => `${stdout}\n${stderr}`;

export function keyNamed(
  { emulator }: CliProject,
  name: string,
): { readonly id: string; readonly accessKey: string } {
  const key = emulator.controls.keys().find((each) => each.name === name);
  if (!key) throw new Error(`there is no key ${name}`);
  return key;
}

/** Exports the state of the selected stack, its secrets encrypted. */
export async function exportTo(project: CliProject, name: string): Promise<string> {
  const file = join(project.directory, name);
  await project.must(["stack", "export", "--file", file]);
  return file;
}

/** Every key of the account in full. */
export const everySecret = ({ emulator }: CliProject): string[] =>
  emulator.controls.keys().map(({ accessKey }) => accessKey);
