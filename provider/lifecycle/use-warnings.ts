import type { Change } from "../core/diff";
import { AixplainError } from "../core/errors";
import type { PreviewInputs } from "../core/model";
import type { ModelIds } from "../core/model-ids";
import type { ApiKeyUsage } from "../core/usage";
import { isDayLimit, useWarnings } from "../core/warnings-of-today";
import type { Context } from "./context";
import { WarningsAsErrors } from "./warnings";

const IDS = ["limit-below-use", "use-above-threshold"] as const;

interface Compared {
  readonly name: string;
  readonly inputs: PreviewInputs;
  readonly ids: ModelIds;
  readonly detail: readonly Change[];
  readonly secrets: readonly string[];
}

/**
 * Warns if a daily limit is close to or below today's usage. Reads the usage only if the update changes such a limit or
 * the settings request it.
 * @throws WarningsAsErrors if the settings make these warnings errors
 */
export async function warnOfUse(context: Context, id: string, compared: Compared): Promise<void> {
  const { warnings } = context;
  const { name, inputs, ids, detail, secrets } = compared;
  const { unchangedKeys, usePercent } = warnings.settings;
  const changed = new Set(detail.filter(({ to }) => to !== undefined).map(({ path }) => path));
  const isAsked = [...changed].some(isDayLimit) || (unchangedKeys && hasDayLimit(inputs));
  if (!isAsked || warnings.areOff(...IDS)) return;
  const usage = await usageOf(context, id, name);
  if (usage === undefined) return;
  const found = useWarnings(inputs, usage, ids, changed, usePercent);
  const errors = warnings.errors(found, secrets);
  if (errors.length > 0) throw new WarningsAsErrors(name, errors);
  warnings.report(name, found, secrets);
}

const hasDayLimit = (inputs: PreviewInputs): boolean =>
  /"(tokens|requests)PerDay":\d/.test(JSON.stringify([inputs.globalLimits, inputs.assetLimits]));

/** `undefined` if the usage cannot be read and no warning about it is an error. */
async function usageOf(context: Context, id: string, name: string): Promise<ApiKeyUsage | undefined> {
  try {
    return await context.keys.usage(id, context.now());
  } catch (error) {
    if (!(error instanceof AixplainError) || context.warnings.areErrors(...IDS)) throw error;
    context.report(
      `The usage of the key ${JSON.stringify(name)} could not be read, so its limits were not compared with it: ${error.happened}`,
    );
    return undefined;
  }
}
