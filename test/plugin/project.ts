import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorOptions } from "aixplain-emulator";
import { type CliProject, withCliProject } from "../cli/project";

const HEAD =
  'const pulumi = require("@pulumi/pulumi");\nconst aixplain = require("pulumi-aixplain/native");\nconst { ApiKey, Provider } = aixplain;\n';

/** What a user writes into `Pulumi.yaml` to have the plugin found. */
export const DISCOVERY =
  "plugins:\n  providers:\n    - name: aixplain\n      path: node_modules/pulumi-aixplain/plugin\n";

const RUNTIME = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** Writes the program: `body` with `pulumi` and what the package's native entry exports at hand. */
export function program(project: CliProject, body: string): void {
  writeFileSync(join(project.directory, "index.js"), HEAD + body);
}

/** Lets `play` work with a project that finds the plugin as the documentation says. */
export const withPluginProject = (
  play: (project: CliProject) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> =>
  withCliProject(async (project) => {
    writeFileSync(join(project.directory, "Pulumi.yaml"), `name: project\n${RUNTIME}${DISCOVERY}`);
    project.package = "pulumi-aixplain/native";
    await play(project);
  }, options);
