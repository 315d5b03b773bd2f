import type { Connection } from "../api/connect";
import { inForce } from "../core/boost";
import { isFullyKnown } from "../core/check";
import { ACCOUNT, type ApiKeyState, isModelPath, type LiveKey, type PreviewInputs } from "../core/model";
import { spellings, toState } from "../core/state";
import { isUnknown, UNKNOWN } from "../core/unknown";
import type { Properties } from "./values";

const holdsUnknown = (value: unknown): boolean =>
  isUnknown(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown));

function split(inputs: PreviewInputs): { readonly known: PreviewInputs; readonly unknown: Properties } {
  const all = Object.entries(inputs);
  return {
    known: Object.fromEntries(all.filter(([, value]) => !holdsUnknown(value))) as unknown as PreviewInputs,
    unknown: Object.fromEntries(
      all.filter(([, value]) => holdsUnknown(value)).map(([key]) => [key, UNKNOWN]),
    ),
  };
}

/** The access key after a create. An adopted key has the one that the program sets, if any. */
function accessKeyOf(adopt: PreviewInputs["adopt"]): string | undefined {
  if (adopt === undefined || isUnknown(adopt)) return UNKNOWN;
  return adopt.accessKey;
}

/**
 * The outputs of a create or an update as far as a preview knows them. `state` is the state before an update, `now` is
 * in milliseconds since 1970.
 */
export async function previewOutputs(
  models: Connection["models"],
  declared: PreviewInputs,
  now: number,
  state?: ApiKeyState,
): Promise<Properties> {
  const { adopt, ...inputs } = inForce(declared, now);
  const { known, unknown } = split(inputs);
  if (!isFullyKnown(known)) return {};
  const remembered = state ? spellings(state).ids : new Map<string, string>();
  const limited = (known.assetLimits ?? []).map(({ model }) => model);
  const ids = await Promise.all(
    limited.map(async (model) => {
      const id = isModelPath(model) ? (remembered.get(model) ?? (await models.idOf(model))) : model;
      return [model, id] as const;
    }),
  );
  const idOf = new Map(ids);
  const live: LiveKey = {
    ...known,
    id: "",
    name: known.name ?? "",
    isAdmin: false,
    accessKeyHint: state?.accessKeyHint ?? UNKNOWN,
    assetLimits: known.assetLimits?.map((entry) => ({
      ...entry,
      model: idOf.get(entry.model) ?? entry.model,
    })),
  };
  const spelled = new Map(ids.map(([model, id]) => [id, model]));
  const accessKey = state ? state.accessKey : accessKeyOf(adopt);
  const outputs = toState(live, spelled, accessKey, state ? state[ACCOUNT] : UNKNOWN);
  return { ...outputs, ...unknown };
}
