import * as pulumi from "@pulumi/pulumi";
import type { LiveAssetLimits } from "../core/model";
import { isModelPath } from "../core/model";
import type { ApiKeyUsage, ScopeUsage } from "../core/usage";
import { nextMidnight } from "../core/usage";
import type { SettingsOverrides } from "../settings";
import { reading, usageReading } from "./readings";

/** The usage of one model in the current UTC day. */
export interface ModelUsage extends Partial<ScopeUsage> {
  /** Why the reading failed, if it did. The update continues. */
  readonly unavailable?: string;
}

/** The key to read, and settings that differ from those of the stack. */
export interface GetUsageArgs extends SettingsOverrides {
  /** The id of the key. */
  readonly id: string;
}

/** {@link GetUsageArgs} with inputs. */
export interface GetUsageOutputArgs {
  /** The id of the key. */
  readonly id: pulumi.Input<string>;
  /** The admin key. Default: stack setting `aixplain:apiKey`, `AIXPLAIN_API_KEY`, `TEAM_API_KEY`. */
  readonly apiKey?: pulumi.Input<string | undefined>;
  /** The base address of the API. Default: stack setting `aixplain:backendUrl`, `BACKEND_URL`, the public platform. */
  readonly backendUrl?: pulumi.Input<string | undefined>;
}

export interface GetModelUsageArgs extends GetUsageArgs {
  /** The id of the model, or its path. */
  readonly model: string;
}

/** {@link GetModelUsageArgs} with inputs. */
export interface GetModelUsageOutputArgs extends GetUsageOutputArgs {
  /** The id of the model, or its path. */
  readonly model: pulumi.Input<string>;
}

type Declared = readonly LiveAssetLimits[] | undefined;

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
 * The usage of a key in the current UTC day, in total and by model id. It is read when the program runs, once per run.
 * If the reading fails, the program gets a warning and `unavailable` contains the reason. Under Pulumi's mocks nothing
 * is read.
 */
export function getUsage(args: GetUsageArgs): Promise<ApiKeyUsage> {
  return keyUsage(args);
}

/** {@link getUsage} with inputs. Unknown in a preview if one of them is; secret if one of them is. */
export function getUsageOutput(args: GetUsageOutputArgs): pulumi.Output<ApiKeyUsage> {
  return pulumi.output(args).apply((known) => getUsage(known));
}

/** The usage of one model by one key; see {@link getUsage}. 0 for a model that the key never used. */
export function getModelUsage(args: GetModelUsageArgs): Promise<ModelUsage> {
  return keyModelUsage(args);
}

/** {@link getModelUsage} with inputs; see {@link getUsageOutput}. */
export function getModelUsageOutput(args: GetModelUsageOutputArgs): pulumi.Output<ModelUsage> {
  return pulumi.output(args).apply((known) => getModelUsage(known));
}
