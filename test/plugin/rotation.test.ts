import { CLI_TIMEOUT_MS } from "../cli/project";
import { rotate } from "../cli/rotation-scenario";
import { withPluginProject } from "./project";

test(
  "a key of the plugin is rotated while its consumer restarts between, keeps its promises where a run fails, and ends at a leak",
  () => withPluginProject((project) => rotate(project)),
  CLI_TIMEOUT_MS,
);
