import { DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import type { Change } from "../core/diff";
import type { DiffResult } from "../lifecycle/lifecycle";
import type { Properties } from "./values";

const { Kind } = PropertyDiff;
const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;

const LIST = "assetLimits";
/** Where a boost raises a limit, the diff shows the boost: the limit itself is declared with another value. */
const BOOST = "boost";
const IN_LIST = /^assetLimits\["(.+)"\]\.(\w+)$/;

interface Entry {
  readonly model?: unknown;
  readonly modelId?: unknown;
}

const entries = (of: Properties): readonly Entry[] => (Array.isArray(of[LIST]) ? of[LIST] : []);

/**
 * The models by index, if both lists agree; else `undefined`, because the engine would apply an index to the wrong
 * entry.
 */
function places(olds: Properties, news: Properties): readonly unknown[] | undefined {
  const ids = new Map(entries(olds).map(({ model, modelId }) => [model, modelId ?? model]));
  const before = entries(olds).map(({ model }) => ids.get(model));
  const after = entries(news).map(({ model }) => ids.get(model) ?? model);
  const same = before.length === after.length && before.every((model, index) => model === after[index]);
  return same ? before : undefined;
}

/** The path with an index: `assetLimits[0].tokensPerDay`, or the whole list. */
function pathOf({ path, property, boosted }: Change, models: readonly unknown[] | undefined): string {
  if (boosted) return BOOST;
  if (property !== LIST) return path;
  const [, model, limit] = IN_LIST.exec(path) ?? [];
  const index = models?.indexOf(model) ?? -1;
  return index < 0 ? LIST : `${LIST}[${index}].${limit}`;
}

type Step = "ADD" | "DELETE" | "UPDATE";

function stepOf({ from, to }: Change): Step {
  if (from === undefined) return "ADD";
  return to === undefined ? "DELETE" : "UPDATE";
}

function listStep(olds: Properties, news: Properties): Step {
  if (entries(olds).length === 0) return "ADD";
  return news[LIST] === undefined ? "DELETE" : "UPDATE";
}

export function diffResponse(result: DiffResult, olds: Properties, news: Properties): DiffResponse {
  const response = new DiffResponse();
  response.setChanges(result.changes ? DIFF_SOME : DIFF_NONE);
  response.setReplacesList([...result.replaces]);
  response.setDeletebeforereplace(result.deleteBeforeReplace);
  response.setDiffsList([...new Set(result.detail.map(({ property }) => property))]);
  response.setHasdetaileddiff(true);
  const models = places(olds, news);
  for (const change of result.detail) {
    const path = pathOf(change, models);
    const whole = path === LIST;
    const ofBoost = path === BOOST;
    const step: Step = whole ? listStep(olds, news) : ofBoost ? "UPDATE" : stepOf(change);
    const replaces = result.replaces.includes(change.property);
    const line = new PropertyDiff();
    line.setKind(replaces ? Kind[`${step}_REPLACE` as const] : Kind[step]);
    // The outputs contain model ids, which no program declares, so a whole list is compared by its inputs. No output has a boost.
    line.setInputdiff(whole || ofBoost);
    response.getDetaileddiffMap().set(path, line);
  }
  return response;
}
