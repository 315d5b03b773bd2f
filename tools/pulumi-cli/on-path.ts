import { WayFailedError } from "./errors";
import { findExecutable, installationAt, LANGUAGE_HOST, PULUMI, searchPath } from "./installation";
import type { Way } from "./way";

const NAME = "`pulumi` on PATH";

export function onPath(env: NodeJS.ProcessEnv): Way {
  return {
    name: NAME,
    present() {
      const path = searchPath(env);
      const pulumi = findExecutable(PULUMI, path);
      if (pulumi === undefined) return undefined;
      const installation = installationAt(pulumi, "path", path);
      if (installation !== undefined) return installation;
      throw new WayFailedError(NAME, `${pulumi} is there, but no ${LANGUAGE_HOST} beside it or on PATH`);
    },
  };
}
