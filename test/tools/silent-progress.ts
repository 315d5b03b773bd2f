import type { Progress } from "../../tools/pulumi-cli/progress";

export const silentProgress: Progress = {
  note: () => undefined,
  begin: () => ({ detail: () => undefined, done: () => undefined, failed: () => undefined }),
};
