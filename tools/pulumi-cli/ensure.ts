import { NoPulumiCliError, reasonOf, WayFailedError } from "./errors";
import type { Installation } from "./installation";
import { withLock } from "./lock";
import type { Progress, Step } from "./progress";
import type { Verify } from "./verify";
import type { Staged, Way } from "./way";

export interface Verified {
  readonly installation: Installation;
  readonly version: string;
}

/**
 * Returns the first CLI that runs a program. Installed and cached ones come first, so that no run tries a download
 * again.
 */
export async function ensureFrom(
  ways: readonly Way[],
  verify: Verify,
  progress: Progress,
): Promise<Verified> {
  const failures = new Map<Way, WayFailedError>();
  for (const way of ways) {
    const verified = await attempt(way, failures, async () => {
      const installation = way.present();
      const hint = way.directory === undefined ? "" : `\nTo obtain it anew, remove ${way.directory}`;
      return installation && verifyFound(way, installation, verify, progress, hint);
    });
    if (verified !== undefined) return verified;
    const failure = failures.get(way);
    if (failure !== undefined) progress.note(`${way.name} cannot be used: ${failure.reason}`);
    else if (way.obtain === undefined) failures.set(way, new WayFailedError(way.name, "not found"));
  }
  for (const way of ways) {
    // A cached CLI has run a program before, so a new copy would fail as well.
    if (failures.has(way)) continue;
    const verified = await attempt(way, failures, () => obtain(way, verify, progress));
    if (verified !== undefined) return verified;
  }
  throw new NoPulumiCliError(ways.flatMap((way) => failures.get(way) ?? []));
}

async function attempt(
  way: Way,
  failures: Map<Way, WayFailedError>,
  work: () => Promise<Verified | undefined>,
): Promise<Verified | undefined> {
  try {
    return await work();
  } catch (error) {
    // Other errors are bugs.
    if (!(error instanceof WayFailedError)) throw error;
    failures.set(way, error);
    return undefined;
  }
}

async function verifyFound(
  way: Way,
  installation: Installation,
  verify: Verify,
  progress: Progress,
  hint = "",
): Promise<Verified> {
  try {
    return { installation, version: await verify(installation, progress) };
  } catch (cause) {
    const reason = `${installation.pulumi} does not run a program: ${reasonOf(cause)}${hint}`;
    throw new WayFailedError(way.name, reason, { cause });
  }
}

async function obtain(way: Way, verify: Verify, progress: Progress): Promise<Verified | undefined> {
  const work = async () => {
    // Another process may have done it in the meantime.
    const present = way.present();
    if (present !== undefined) return verifyFound(way, present, verify, progress);
    const staged = await inStep(way, progress);
    if (staged === undefined) return undefined;
    try {
      await verifyFound(way, staged.installation, verify, progress);
    } catch (error) {
      staged.discard();
      throw error;
    }
    staged.publish();
    const published = way.present();
    if (published === undefined) throw new WayFailedError(way.name, "it vanished from the cache");
    return verifyFound(way, published, verify, progress);
  };
  if (way.lock === undefined) return work();
  let waiting: Step | undefined;
  const onWait = () => {
    waiting = progress.begin(`Waiting for another process: ${way.task ?? way.name}`);
  };
  return withLock(way.lock, onWait, () => {
    waiting?.done("it has ended");
    return work();
  });
}

async function inStep(way: Way, progress: Progress): Promise<Staged | undefined> {
  const step: Step = progress.begin(way.task ?? way.name);
  try {
    const staged = await way.obtain?.(step);
    step.done("obtained");
    return staged;
  } catch (error) {
    step.failed(error instanceof WayFailedError ? error.reason : reasonOf(error));
    throw error;
  }
}
