import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { hintOf } from "../core/secret";
import { warningSettings } from "../settings";
import { stackSetting } from "./readings";
import { currentRun, underMocks } from "./run";

type AccessKey = pulumi.Output<string | undefined>;

/** Members of the SDK's outputs and stack that its types omit, in every version. */
interface Internals {
  readonly isKnown?: Promise<boolean>;
  readonly promise?: () => Promise<unknown>;
  readonly getData?: () => Promise<unknown>;
}

const watched = new WeakMap<object, AccessKey[]>();

interface PlainText {
  readonly path: string;
  readonly text: string;
}

/** `undefined` if a preview does not know the value. */
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

/** Stack outputs contain access keys in plain text, and the settings make this an error. */
class PlainAccessKeyError extends pulumi.RunError {
  override readonly name = "PlainAccessKeyError";

  /**
   * The SDK inspects an uncaught error with everything reachable from its rejected promise, which takes half a minute.
   */
  [inspect.custom](): string {
    return this.message;
  }
}

const problemOf = (path: string, key: string): string =>
  `The stack output ${JSON.stringify(path)} contains the access key ${hintOf(key)} and is not secret: the state stores it in plain text, and Pulumi shows it. ` +
  "Export the key's accessKey unchanged, or make the output a secret (pulumi.secret). If an update has already run, replace the key: pulumi up --replace <urn of the key>";

async function lookAtExports(run: object, accessKeys: readonly AccessKey[], isError: boolean): Promise<void> {
  // A failed program has no outputs, and Pulumi reports its own error.
  const outputs = await (run as Internals).getData?.().catch(() => undefined);
  const texts = await plainTexts("", outputs);
  if (texts.length === 0) return;
  const settledKeys = await Promise.all(accessKeys.map(settled));
  const keys = settledKeys.filter((each): each is string => typeof each === "string" && each !== "");
  const lines = texts.flatMap(({ path, text }) => {
    const key = keys.find((each) => text.includes(each));
    return key === undefined ? [] : [problemOf(path, key)];
  });
  if (lines.length === 0) return;
  // Nobody awaits this: the SDK treats it as a failure of the program.
  if (isError) {
    throw new PlainAccessKeyError(
      `${lines.join(". ")} [plain-access-key, made an error by the setting aixplain:warnings]`,
    );
  }
  for (const line of lines)
    await pulumi.log.warn(`Warning: ${line}. [plain-access-key]`, run as pulumi.Resource);
}

/**
 * At the end of the program, looks for an access key among the stack outputs that is not secret, for example through
 * `pulumi.unsecret`. Warns as soon as the access key is known, and in every later run.
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
  const { levels } = warningSettings({ config: stackSetting, env: process.env }, []);
  const level = levels["plain-access-key"];
  if (level !== "off") void lookAtExports(run, accessKeys, level === "error");
}
