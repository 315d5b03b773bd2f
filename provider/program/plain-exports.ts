import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { hintOf } from "../core/secret";
import { warningSettings } from "../settings";
import { stackSetting } from "./readings";
import { currentRun, underMocks } from "./run";

type AccessKey = pulumi.Output<string | undefined>;

/** What the SDK's outputs and its stack have besides what their types say, in every version. */
interface Internals {
  readonly isKnown?: Promise<boolean>;
  readonly promise?: () => Promise<unknown>;
  readonly getData?: () => Promise<unknown>;
}

/** The access keys of each run. */
const watched = new WeakMap<object, AccessKey[]>();

/** A text among the stack's outputs that is not secret. */
interface PlainText {
  readonly path: string;
  readonly text: string;
}

/** The value of an output; `undefined` where a preview does not know it. */
async function settled(output: object): Promise<unknown> {
  const { isKnown, promise } = output as Internals;
  return (await isKnown) === true ? promise?.call(output) : undefined;
}

async function plainTexts(path: string, value: unknown): Promise<PlainText[]> {
  if (pulumi.Output.isInstance(value)) {
    return (await pulumi.isSecret(value)) ? [] : plainTexts(path, await settled(value));
  }
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value).map(([name, each]) =>
    plainTexts(path === "" ? name : `${path}.${name}`, each),
  );
  return (await Promise.all(below)).flat();
}

/** Stack outputs hold access keys in clear text, and the settings make an error of it. */
class PlainAccessKeyError extends pulumi.RunError {
  override readonly name = "PlainAccessKeyError";

  /** The SDK inspects an error that nobody catches, with all that hangs on the promise that it rejects: half a minute. */
  [inspect.custom](): string {
    return this.message;
  }
}

const told = (path: string, key: string): string =>
  `The stack output ${JSON.stringify(path)} holds the access key ${hintOf(key)} and is not secret: the state has it in clear text, and every output of the stack shows it. ` +
  "Export the key's accessKey as it is, or make the output a secret (pulumi.secret). Where an update has run with it, replace the key: pulumi up --replace <urn of the key>";

async function lookAtExports(run: object, accessKeys: readonly AccessKey[], isError: boolean): Promise<void> {
  // Of a program that fails there are no outputs, and its own error is told.
  const outputs = await (run as Internals).getData?.().catch(() => undefined);
  const texts = await plainTexts("", outputs);
  if (texts.length === 0) return;
  const settledKeys = await Promise.all(accessKeys.map(settled));
  const keys = settledKeys.filter((each): each is string => typeof each === "string" && each !== "");
  const lines = texts.flatMap(({ path, text }) => {
    const key = keys.find((each) => text.includes(each));
    return key === undefined ? [] : [told(path, key)];
  });
  if (lines.length === 0) return;
  // Nobody awaits this: the SDK takes it as the program's own failure.
  if (isError) {
    throw new PlainAccessKeyError(
      `${lines.join(". ")} [plain-access-key, made an error by the setting aixplain:warnings]`,
    );
  }
  for (const line of lines)
    await pulumi.log.warn(`Warning: ${line}. [plain-access-key]`, run as pulumi.Resource);
}

/**
 * Looks, at the end of the program, for an access key among the stack's outputs that is not secret, as `pulumi.unsecret`
 * makes it. Told when the access key is known: in the update that creates it, and in every run after.
 */
export function watchExports(accessKey: AccessKey): void {
  const run = currentRun();
  if (run === undefined || underMocks()) return;
  const known = watched.get(run);
  if (known) {
    known.push(accessKey);
    return;
  }
  const accessKeys = [accessKey];
  watched.set(run, accessKeys);
  // What is wrong with the settings is told by the provider.
  const { levels } = warningSettings({ config: stackSetting, env: process.env }, []);
  const level = levels["plain-access-key"];
  if (level !== "off") void lookAtExports(run, accessKeys, level === "error");
}
