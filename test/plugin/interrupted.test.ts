import { interruptions } from "../cli/interruptions";
import { withPluginProject } from "./project";

describe("an update through the plugin that is killed at a random moment", () =>
  interruptions(withPluginProject));
