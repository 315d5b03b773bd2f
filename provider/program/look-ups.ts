import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "../api/connect";
import type { Answer, LookUps } from "../api/look-ups";
import type { Problem } from "../core/errors";
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

/** Which key to look up, and with which settings where they are not those of the stack. */
export interface GetApiKeyArgs extends KeyArgs, SettingsOverrides {}

/** Which keys to look up, and with which settings where they are not those of the stack. */
export interface GetApiKeysArgs extends KeysArgs, SettingsOverrides {}

/** Which model to look up, and with which settings where they are not those of the stack. */
export interface GetModelArgs extends ModelArgs, SettingsOverrides {}

/** The same arguments as other resources and the stack's configuration give them, secrets included. */
type Lifted<T> = { readonly [P in keyof T]: pulumi.Input<T[P]> };

export interface LookUpOptions {
  /** Resources that have to be there before the account is asked. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** A look-up that cannot be answered. Pulumi shows a `RunError` without a stack. */
class LookUpError extends pulumi.RunError {
  override readonly name = "LookUpError";

  /** The SDK inspects an error that nobody catches, with all that hangs on the promise that it rejects: half a minute. */
  [inspect.custom](): string {
    return this.message;
  }
}

const said = (problems: readonly Problem[]): string =>
  problems.map(({ property, reason }) => `${property} ${reason}`).join("; ");

/** The look-ups of each run of a program, by connection: they share one list of the account. */
const lookUps = new WeakMap<object, Map<Connection, LookUps>>();

function lookUpsOf(connected: Connection): LookUps {
  // Here and not above: a program that looks nothing up loads no HTTP client.
  const api = require("../api/look-ups") as typeof import("../api/look-ups");
  const run = currentRun();
  const known = (run && lookUps.get(run)) ?? new Map<Connection, LookUps>();
  if (run) lookUps.set(run, known);
  const made = known.get(connected) ?? new api.LookUps(connected, new api.RunListing(connected.keys));
  known.set(connected, made);
  return made;
}

/**
 * Looks something up. Under Pulumi's mocks nothing is read from the platform: the `call` of the mocks answers, by the
 * token that the function has with the plugin.
 * @throws LookUpError that names everything that is wrong with the arguments, or says why there is no answer
 */
async function lookUp<T extends object>(
  name: FunctionName,
  args: SettingsOverrides,
  ask: (found: LookUps) => Promise<Answer<T>>,
): Promise<T> {
  const { apiKey, backendUrl, ...own } = args;
  const problems = argumentProblems(name, own);
  if (problems.length > 0) throw new LookUpError(`${name}: ${said(problems)}`);
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
  if ("problems" in answer) throw new LookUpError(`${name}: ${said(answer.problems)}`);
  return answer.value;
}

const inValue = async <T>(of: Promise<T>): Promise<Answer<T>> => ({ value: await of });

/** Whether a look-up waits for resources that this run may create: then a list from before does not do. */
const readKeys = (args: GetApiKeysArgs, fresh: boolean): Promise<GetApiKeysResult> =>
  lookUp("getApiKeys", args, (found) => inValue(found.getApiKeys(args, fresh)));

/** The arguments once the resources are there. In a preview unknown where one of them is not created yet. */
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
 * A key of the account, managed by this stack or not, by its id or its exact name. Its access key is not told. Fails
 * where there is none. All look-ups of a run share one list of the account.
 */
export function getApiKey(args: GetApiKeyArgs): Promise<GetApiKeyResult> {
  return lookUp("getApiKey", args, (found) => inValue(found.getApiKey(args)));
}

/** {@link getApiKey} with arguments that can be outputs: unknown in a preview where one of them is. */
export function getApiKeyOutput(
  args: Lifted<GetApiKeyArgs>,
  opts: LookUpOptions = {},
): pulumi.Output<GetApiKeyResult> {
  return when(args, opts, getApiKey);
}

/** The keys of the account, all of them or those that meet the conditions, without their access keys. */
export function getApiKeys(args: GetApiKeysArgs = {}): Promise<GetApiKeysResult> {
  return readKeys(args, false);
}

/** {@link getApiKeys} with arguments that can be outputs. With `dependsOn` the account is listed after the resources are there. */
export function getApiKeysOutput(
  args: Lifted<GetApiKeysArgs> = {},
  opts: LookUpOptions = {},
): pulumi.Output<GetApiKeysResult> {
  return when(args, opts, (known: GetApiKeysArgs) => readKeys(known, opts.dependsOn !== undefined));
}

/** A model by its id or its path. Fails where the platform does not know it, with the spelling that may have been meant. */
export function getModel(args: GetModelArgs): Promise<GetModelResult> {
  return lookUp("getModel", args, (found) => found.getModel(args));
}

/** {@link getModel} with arguments that can be outputs. */
export function getModelOutput(
  args: Lifted<GetModelArgs>,
  opts: LookUpOptions = {},
): pulumi.Output<GetModelResult> {
  return when(args, opts, getModel);
}
