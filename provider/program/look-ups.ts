import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../api/connect";
import type { Answer, LookUps } from "../api/look-ups";
import { problemsInWords } from "../core/errors";
import type { FunctionName } from "../core/functions";
import { argumentProblems, tokenOf } from "../core/functions";
import type {
  GetApiKeyResult,
  GetApiKeysResult,
  GetModelResult,
  GetApiKeyArgs as KeyArgs,
  GetApiKeysArgs as KeysArgs,
  GetModelArgs as ModelArgs,
} from "../core/look-ups";
import { Redactor } from "../core/secret";
import { presentable } from "../core/unexpected";
import type { SettingsOverrides } from "../settings";
import { connection } from "./readings";
import { currentRun, underMocks } from "./run";

/** The key to look up, and settings that differ from those of the stack. */
export interface GetApiKeyArgs extends KeyArgs, SettingsOverrides {}

/** The keys to look up, and settings that differ from those of the stack. */
export interface GetApiKeysArgs extends KeysArgs, SettingsOverrides {}

/** The model to look up, and settings that differ from those of the stack. */
export interface GetModelArgs extends ModelArgs, SettingsOverrides {}

type Lifted<T> = { readonly [P in keyof T]: pulumi.Input<T[P]> };

export interface LookUpOptions {
  /** Resources that must exist before the account is read. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

class LookUpError extends pulumi.RunError {
  override readonly name = "LookUpError";

  /**
   * The SDK inspects an uncaught error with everything reachable from its rejected promise, which takes half a minute.
   */
  [inspect.custom](): string {
    return this.message;
  }
}

/** The look-ups of each run of a program, by connection, so that they share one list of the account. */
const lookUps = new WeakMap<object, Map<Connection, LookUps>>();

function lookUpsOf(connected: Connection): LookUps {
  // Loaded late: a program without look-ups loads no HTTP client.
  const api = require("../api/look-ups") as typeof import("../api/look-ups");
  const run = currentRun();
  const known = (run && lookUps.get(run)) ?? new Map<Connection, LookUps>();
  if (run) lookUps.set(run, known);
  const made = known.get(connected) ?? new api.LookUps(connected, new api.RunListing(connected.keys));
  known.set(connected, made);
  return made;
}

/**
 * Under Pulumi's mocks nothing is read from the platform: the `call` of the mocks answers, for the token that the
 * function has with the plugin.
 * @throws LookUpError with all problems of the arguments, or the reason why there is no answer
 */
async function lookUp<T extends object>(
  name: FunctionName,
  args: SettingsOverrides,
  ask: (found: LookUps) => Promise<Answer<T>>,
): Promise<T> {
  const { apiKey, backendUrl, ...own } = args;
  const problems = argumentProblems(name, own);
  if (problems.length > 0) throw new LookUpError(`${name}: ${problemsInWords(problems)}`);
  if (underMocks()) return pulumi.runtime.invoke(tokenOf(name), own);
  let redactor = new Redactor();
  const asked = async (): Promise<Answer<T>> => {
    const connected = connection({ apiKey, backendUrl });
    redactor = connected.redactor;
    return ask(lookUpsOf(connected));
  };
  const answer = await asked().catch((error: unknown) => {
    throw new LookUpError(`${name}: ${presentable(error, redactor).message}`, { cause: error });
  });
  if ("problems" in answer) throw new LookUpError(`${name}: ${problemsInWords(answer.problems)}`);
  return answer.value;
}

const inValue = async <T>(of: Promise<T>): Promise<Answer<T>> => ({ value: await of });

/** `fresh`: the look-up depends on resources that this run may create, so an earlier list is too old. */
const readKeys = (args: GetApiKeysArgs, fresh: boolean): Promise<GetApiKeysResult> =>
  lookUp("getApiKeys", args, (found) => inValue(found.getApiKeys(args, fresh)));

/** Waits for the resources. Unknown in a preview if one of them is not created yet. */
function when<A extends object, T>(
  args: Lifted<A>,
  { dependsOn }: LookUpOptions,
  run: (args: A) => Promise<T>,
): pulumi.Output<T> {
  const resources = pulumi.output(dependsOn).apply((each) => (Array.isArray(each) ? each : [each]));
  const ids = resources.apply((all) =>
    pulumi.all(all.map((each) => (pulumi.CustomResource.isInstance(each) ? each.id : each?.urn))),
  );
  return pulumi.all([args as pulumi.Input<A>, ids]).apply(([known]) => run(known as A));
}

/**
 * Looks up a key of the account by its id or its exact name, whether or not this stack manages it. The result does not
 * contain the access key. Fails if there is none. All look-ups of a run share one list of the account.
 */
export function getApiKey(args: GetApiKeyArgs): Promise<GetApiKeyResult> {
  return lookUp("getApiKey", args, (found) => inValue(found.getApiKey(args)));
}

/** {@link getApiKey} with inputs. Unknown in a preview if one of them is. */
export function getApiKeyOutput(
  args: Lifted<GetApiKeyArgs>,
  opts: LookUpOptions = {},
): pulumi.Output<GetApiKeyResult> {
  return when(args, opts, getApiKey);
}

/** Lists the keys of the account that meet the conditions, without their access keys; without conditions, all keys. */
export function getApiKeys(args: GetApiKeysArgs = {}): Promise<GetApiKeysResult> {
  return readKeys(args, false);
}

/** {@link getApiKeys} with inputs. With `dependsOn` the account is listed after the resources are created. */
export function getApiKeysOutput(
  args: Lifted<GetApiKeysArgs> = {},
  opts: LookUpOptions = {},
): pulumi.Output<GetApiKeysResult> {
  return when(args, opts, (known: GetApiKeysArgs) => readKeys(known, opts.dependsOn !== undefined));
}

/** Looks up a model by its id or its path. If the platform does not know it, the error suggests a similar spelling. */
export function getModel(args: GetModelArgs): Promise<GetModelResult> {
  return lookUp("getModel", args, (found) => found.getModel(args));
}

/** {@link getModel} with inputs. */
export function getModelOutput(
  args: Lifted<GetModelArgs>,
  opts: LookUpOptions = {},
): pulumi.Output<GetModelResult> {
  return when(args, opts, getModel);
}
