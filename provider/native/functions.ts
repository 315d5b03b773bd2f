import * as pulumi from "@pulumi/pulumi";
import { tokenOf } from "../core/functions";
import type {
  GetApiKeyArgs,
  GetApiKeyResult,
  GetApiKeysArgs,
  GetApiKeysResult,
  GetModelArgs,
  GetModelResult,
} from "../core/look-ups";
import type { ApiKeyUsage } from "../core/usage";

/** The oldest supported SDK has no such type. */
export interface InvokeOutputOptions extends pulumi.InvokeOptions {
  readonly dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

type Lifted<T> = { readonly [P in keyof T]: pulumi.Input<T[P]> };

export interface GetUsageArgs {
  /** The id of the key. */
  readonly id: string;
}

/** Looks up a key of the account, whether or not this stack manages it. Fails if there is none. */
export const getApiKey = (args: GetApiKeyArgs, opts?: pulumi.InvokeOptions): Promise<GetApiKeyResult> =>
  pulumi.runtime.invoke(tokenOf("getApiKey"), args, opts);

/** {@link getApiKey} with inputs. */
export const getApiKeyOutput = (
  args: Lifted<GetApiKeyArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<GetApiKeyResult> => pulumi.runtime.invokeOutput(tokenOf("getApiKey"), args, opts);

/** Lists the keys of the account that meet the conditions; without conditions, all keys. */
export const getApiKeys = (
  args: GetApiKeysArgs = {},
  opts?: pulumi.InvokeOptions,
): Promise<GetApiKeysResult> => pulumi.runtime.invoke(tokenOf("getApiKeys"), args, opts);

/** {@link getApiKeys} with inputs. It can depend on resources. */
export const getApiKeysOutput = (
  args: Lifted<GetApiKeysArgs> = {},
  opts?: InvokeOutputOptions,
): pulumi.Output<GetApiKeysResult> => pulumi.runtime.invokeOutput(tokenOf("getApiKeys"), args, opts);

/**
 * The usage of a key in the current UTC day, in total and by model, read when the program runs. If the reading fails,
 * the program gets a warning and `unavailable` contains the reason.
 */
export const getUsage = (args: GetUsageArgs, opts?: pulumi.InvokeOptions): Promise<ApiKeyUsage> =>
  pulumi.runtime.invoke(tokenOf("getUsage"), args, opts);

/** {@link getUsage} with inputs. Unknown in the preview of a new key. */
export const getUsageOutput = (
  args: Lifted<GetUsageArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<ApiKeyUsage> => pulumi.runtime.invokeOutput(tokenOf("getUsage"), args, opts);

/** Looks up a model by its id or its path. Fails if the platform does not know it. */
export const getModel = (args: GetModelArgs, opts?: pulumi.InvokeOptions): Promise<GetModelResult> =>
  pulumi.runtime.invoke(tokenOf("getModel"), args, opts);

/** {@link getModel} with inputs. */
export const getModelOutput = (
  args: Lifted<GetModelArgs>,
  opts?: InvokeOutputOptions,
): pulumi.Output<GetModelResult> => pulumi.runtime.invokeOutput(tokenOf("getModel"), args, opts);
