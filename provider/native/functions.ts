import * as pulumi from "@pulumi/pulumi";
import type { AssetLimits, Limits } from "../core/model";
import type { ApiKeyUsage } from "../core/usage";
import { FUNCTIONS } from "../plugin/tokens";

/** Options of the forms that answer outputs. The SDK has such a type of its own from a later version on than this package asks for. */
export interface InvokeOutputOptions extends pulumi.InvokeOptions {
  /** Resources that have to be there before the function is called. */
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** The same arguments as promises and outputs. */
type Lifted<T> = { readonly [P in keyof T]: pulumi.Input<T[P]> };

export interface GetApiKeyArgs {
  /** The id of the key. Either this or {@link name}. */
  readonly id?: string | undefined;
  /** The exact name of the key. */
  readonly name?: string | undefined;
}

/** A key as the platform shows it. */
export interface GetApiKeyResult {
  readonly id: string;
  readonly name: string;
  /** The total number of credits that the key may spend; undefined where there is no budget. */
  readonly budget?: number;
  /** The date on which the key expires, at midnight UTC; undefined where it never does. */
  readonly expiresAt?: string;
  /** Whether the key is suspended: the platform refuses it. Undefined where it is not. */
  readonly suspended?: boolean;
  readonly globalLimits?: Limits;
  /** The limits of single models, by the id of each model. */
  readonly assetLimits?: readonly AssetLimits[];
  /** The access key with all but its first and last four characters hidden. */
  readonly accessKeyHint: string;
  /** Whether the key is an admin key: it manages keys and cannot run models. */
  readonly isAdmin: boolean;
}

export interface GetApiKeysResult {
  readonly apiKeys: readonly GetApiKeyResult[];
}

export interface GetUsageArgs {
  /** The id of the key. */
  readonly id: string;
}

export interface GetModelArgs {
  /** The model: its id or its path, such as `openai/gpt-4o-mini/openai`. */
  readonly model: string;
}

export interface GetModelResult {
  readonly id: string;
  readonly path?: string;
  readonly name?: string;
}

/** A key of the account, managed by this stack or not. Fails where there is none. */
export const getApiKey = (args: GetApiKeyArgs, opts?: pulumi.InvokeOptions): Promise<GetApiKeyResult> =>
  pulumi.runtime.invoke(FUNCTIONS.getApiKey, args, opts);

/** {@link getApiKey} with arguments that can be outputs. */
export const getApiKeyOutput = (
  args: Lifted<GetApiKeyArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<GetApiKeyResult> => pulumi.runtime.invokeOutput(FUNCTIONS.getApiKey, args, opts);

/** All keys of the account. */
export const getApiKeys = (opts?: pulumi.InvokeOptions): Promise<GetApiKeysResult> =>
  pulumi.runtime.invoke(FUNCTIONS.getApiKeys, {}, opts);

/** {@link getApiKeys} as an output, which can depend on resources. */
export const getApiKeysOutput = (opts?: InvokeOutputOptions): pulumi.Output<GetApiKeysResult> =>
  pulumi.runtime.invokeOutput(FUNCTIONS.getApiKeys, {}, opts);

/**
 * The usage of a key in the current UTC day, as a whole and by model, read from the platform whenever the program runs.
 * A reading that fails is a warning, and `unavailable` says why.
 */
export const getUsage = (args: GetUsageArgs, opts?: pulumi.InvokeOptions): Promise<ApiKeyUsage> =>
  pulumi.runtime.invoke(FUNCTIONS.getUsage, args, opts);

/** {@link getUsage} with arguments that can be outputs: unknown in the preview of a key that does not exist yet. */
export const getUsageOutput = (
  args: Lifted<GetUsageArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<ApiKeyUsage> => pulumi.runtime.invokeOutput(FUNCTIONS.getUsage, args, opts);

/** A model by its id or its path. Fails where the platform does not know it. */
export const getModel = (args: GetModelArgs, opts?: pulumi.InvokeOptions): Promise<GetModelResult> =>
  pulumi.runtime.invoke(FUNCTIONS.getModel, args, opts);

/** {@link getModel} with arguments that can be outputs. */
export const getModelOutput = (
  args: Lifted<GetModelArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<GetModelResult> => pulumi.runtime.invokeOutput(FUNCTIONS.getModel, args, opts);
