import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CacheEntry, cacheDirectory, discard } from "../pulumi-cli/cache";
import { reasonOf } from "../pulumi-cli/errors";
import { GoBuilder, type GoPackage } from "../pulumi-cli/go-package";
import { findExecutable, searchPath } from "../pulumi-cli/installation";
import { withLock } from "../pulumi-cli/lock";
import { createProgress, type Progress } from "../pulumi-cli/progress";
import { NoGatewayError } from "./errors";

/** `go/` pins the same version. */
const VERSION = "1.8.0";
const NAME = "versitygw";

const GATEWAY: GoPackage = {
  label: "the S3 server",
  pins: join(__dirname, "go"),
  package: "github.com/versity/versitygw/cmd/versitygw",
  output: NAME,
  ldflags: "-s -w",
};

export interface GatewayOptions {
  /** For PATH and the cache's settings. Default: the process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly progress?: Progress;
}

/**
 * The executable of an S3-compatible server, built from Go modules and cached. Throws `NoGatewayError`. See
 * docs/decisions/shared-backend.md.
 */
export async function ensureGateway(options: GatewayOptions = {}): Promise<string> {
  const env = options.env ?? process.env;
  const progress = options.progress ?? createProgress();
  const platform = `${process.platform}-${process.arch}`;
  const entry = new CacheEntry(join(cacheDirectory(env), "s3-server"), `v${VERSION}-${platform}`);
  const present = (): string | undefined => findExecutable(NAME, [join(entry.directory, "bin")]);
  const found = present();
  if (found !== undefined) return found;
  const go = findExecutable("go", searchPath(env));
  if (go === undefined) throw new NoGatewayError("no `go` on PATH");
  const waiting = () => progress.note("Waiting for another process that builds the S3 server");
  return withLock(entry.lock, waiting, async () => {
    const meanwhile = present();
    if (meanwhile !== undefined) return meanwhile;
    await build(entry, new GoBuilder(NAME, go, env), progress);
    const built = present();
    if (built === undefined) throw new NoGatewayError(`the build left no ${NAME}`);
    return built;
  });
}

async function build(entry: CacheEntry, builder: GoBuilder, progress: Progress): Promise<void> {
  const step = progress.begin(`Building ${NAME} ${VERSION} from Go modules (about 2 minutes on two cores)`);
  const staged = entry.stage();
  try {
    mkdirSync(join(staged, "bin"));
    await builder.build(GATEWAY, staged, step);
    entry.publish(staged);
    step.done("built");
  } catch (cause) {
    discard(staged);
    step.failed(reasonOf(cause));
    throw new NoGatewayError(reasonOf(cause), { cause });
  }
}
