import { interruptions } from "./interruptions";
import { withCliProject } from "./project";

describe("an update that is killed at a random moment", () => interruptions(withCliProject));
