import * as pulumi from "@pulumi/pulumi";
import type { LiveAssetLimits } from "../core/model";
import { isModelPath } from "../core/model";
import type { ApiKeyUsage, ScopeUsage } from "../core/usage";
import { nextMidnight } from "../core/usage";
import type { SettingsOverrides } from "../settings";
import { reading, usageReading } from "./readings";

/** The usage of one model in the current UTC day. */
export interface ModelUsage extends Partial<ScopeUsage> {
  /** Why there is no reading, where it failed; the update itself goes on. */
  readonly unavailable?: string;
}

/** Which key to read, and with which settings where they are not those of the stack. */
export interface GetUsageArgs extends SettingsOverrides {
  /** The id of the key. */
  readonly id: string;
}

/** {@link GetUsageArgs} as other resources and the stack's configuration give them, secrets included. */
export interface GetUsageOutputArgs {
  /** The id of the key. */
  readonly id: pulumi.Input<string>;
  /** The admin key. Default: stack setting `aixplain:apiKey`, `AIXPLAIN_API_KEY`, `TEAM_API_KEY`. */
  readonly apiKey?: pulumi.Input<string | undefined>;
  /** The base address of the API. Default: stack setting `aixplain:backendUrl`, `BACKEND_URL`, the public platform. */
  readonly backendUrl?: pulumi.Input<string | undefined>;
}

/** Which model of which key to read. */
export interface GetModelUsageArgs extends GetUsageArgs {
  /** The id of the model, or its path. */
  readonly model: string;
}

/** {@link GetModelUsageArgs} as other resources and the stack's configuration give them, secrets included. */
export interface GetModelUsageOutputArgs extends GetUsageOutputArgs {
  /** The id of the model, or its path. */
  readonly model: pulumi.Input<string>;
}

/** The limits of models that a key has, where they are known: they tell what its models were declared as. */
type Declared = readonly LiveAssetLimits[] | undefined;

/** Usage of a key, each model under the spelling with which it was declared, else under its id. */
export async function keyUsage(args: GetUsageArgs, declared?: Declared): Promise<ApiKeyUsage> {
  const { id, ...explicit } = args;
  const read = await usageReading(id, explicit);
  if ("unavailable" in read) return { models: {}, ...read };
  const paths = (declared ?? []).filter(({ model }) => isModelPath(model));
  if (paths.length === 0) return read.value;
  const spelled = await reading(`the key ${id}`, explicit, async ({ models }) => {
    const ids = paths.map(
      async ({ model, modelId }) => [modelId ?? (await models.idOf(model)), model] as const,
    );
    return new Map(await Promise.all(ids));
  });
  if ("unavailable" in spelled) return { models: {}, ...spelled };
  const entries = Object.entries(read.value.models);
  const models = Object.fromEntries(
    entries.map(([model, usage]) => [spelled.value.get(model) ?? model, usage]),
  );
  return { ...read.value, models };
}

/** Usage of one model by a key; see {@link keyUsage}. */
export async function keyModelUsage(args: GetModelUsageArgs, declared?: Declared): Promise<ModelUsage> {
  const { id, model, ...explicit } = args;
  const read = await usageReading(id, explicit);
  if ("unavailable" in read) return read;
  const usage = await reading(`the model ${model} by the key ${id}`, explicit, async ({ models, now }) => {
    const known = declared?.find((each) => each.model === model)?.modelId;
    const modelId = known ?? (isModelPath(model) ? await models.idOf(model) : model);
    const none = { used: 0, resetsAt: nextMidnight(now()) };
    return read.value.models[modelId] ?? { requests: none, tokens: none };
  });
  return "unavailable" in usage ? usage : usage.value;
}

/**
 * The usage of a key in the current UTC day, as a whole and by the id of each model, read from the platform while the
 * program runs: once in a run, however often it is asked for. A reading that fails is a warning, and `unavailable` says
 * why. Under Pulumi's mocks nothing is read.
 */
export function getUsage(args: GetUsageArgs): Promise<ApiKeyUsage> {
  return keyUsage(args);
}

/**
 * {@link getUsage} of a key and with settings that outputs give. Unknown in a preview where one of them is; a secret
 * where one of them is.
 */
export function getUsageOutput(args: GetUsageOutputArgs): pulumi.Output<ApiKeyUsage> {
  return pulumi.output(args).apply((known) => getUsage(known));
}

/** The usage of one model by one key; see {@link getUsage}. A model that the key never used reads as 0 used. */
export function getModelUsage(args: GetModelUsageArgs): Promise<ModelUsage> {
  return keyModelUsage(args);
}

/** {@link getModelUsage} of a key and a model that outputs give; see {@link getUsageOutput}. */
export function getModelUsageOutput(args: GetModelUsageOutputArgs): pulumi.Output<ModelUsage> {
  return pulumi.output(args).apply((known) => getModelUsage(known));
}
