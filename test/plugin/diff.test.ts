import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { compare } from "../../provider/core/diff";
import type { ApiKeyState, PreviewInputs } from "../../provider/core/model";
import { asLive, spellings } from "../../provider/core/state";
import { UNKNOWN } from "../../provider/core/unknown";
import { diffResponse } from "../../provider/plugin/diff";

const MINI = { model: "openai/gpt-4o-mini/openai", modelId: "669a63646eb56306647e1091" };
const GUIDE = { model: "6661df926d36df3b878e0697" };
const kinds = Object.fromEntries(Object.entries(PropertyDiff.Kind).map(([name, kind]) => [kind, name]));

function lines(
  state: Partial<ApiKeyState>,
  inputs: Partial<PreviewInputs>,
  replaces: readonly string[] = [],
): string[] {
  const olds = { name: "key", accessKeyHint: "****", ...state };
  const news = { name: "key", ...inputs } as PreviewInputs;
  const detail = compare(asLive(olds), news, spellings(olds).ids);
  const result = { changes: detail.length > 0, replaces, deleteBeforeReplace: false, detail };
  const shown: string[] = [];
  diffResponse(result, { ...olds }, { ...news })
    .getDetaileddiffMap()
    .forEach((line, path) => {
      shown.push(`${kinds[line.getKind()]} ${path}${line.getInputdiff() ? " (inputs)" : ""}`);
    });
  return shown.sort();
}

describe("a detailed diff", () => {
  test("names each property with what becomes of it", () => {
    const before = { budget: 1, globalLimits: { tokensPerDay: 5, requestsPerDay: 1 } };
    const after = { expiresAt: "2099-01-31", globalLimits: { tokensPerDay: 6, requestsPerMinute: 2 } };
    expect(lines(before, after)).toEqual([
      "ADD expiresAt",
      "ADD globalLimits.requestsPerMinute",
      "DELETE budget",
      "DELETE globalLimits.requestsPerDay",
      "UPDATE globalLimits.tokensPerDay",
    ]);
  });

  test("names the limit of a model by its place where both lists have the same models at each, in whatever spelling", () => {
    const before = {
      assetLimits: [
        { ...GUIDE, requestsPerDay: 1 },
        { ...MINI, requestsPerDay: 3 },
      ],
    };
    const after = [
      { ...GUIDE, requestsPerDay: 1 },
      { model: MINI.model, requestsPerDay: 4 },
    ];
    expect(lines(before, { assetLimits: after })).toEqual(["UPDATE assetLimits[1].requestsPerDay"]);
  });

  test("shows the whole list where a model comes in at the first place", () => {
    const before = { assetLimits: [{ ...MINI, requestsPerDay: 3 }] };
    const after = [
      { ...GUIDE, requestsPerDay: 8 },
      { model: MINI.model, requestsPerDay: 4 },
    ];
    expect(lines(before, { assetLimits: after })).toEqual(["UPDATE assetLimits (inputs)"]);
  });

  test("shows the whole list where one comes, goes or is not known yet", () => {
    const list = [{ ...GUIDE, requestsPerDay: 8 }];
    expect(lines({}, { assetLimits: list })).toEqual(["ADD assetLimits (inputs)"]);
    expect(lines({ assetLimits: list }, {})).toEqual(["DELETE assetLimits (inputs)"]);
    expect(lines({ assetLimits: list }, { assetLimits: UNKNOWN })).toEqual(["UPDATE assetLimits (inputs)"]);
    expect(lines({ assetLimits: list }, { assetLimits: [UNKNOWN] })).toEqual(["UPDATE assetLimits (inputs)"]);
  });

  test("marks what makes the engine replace the key", () => {
    expect(lines({ budget: 1 }, { budget: 2, expiresAt: "2099-01-31" }, ["budget"])).toEqual([
      "ADD expiresAt",
      "UPDATE_REPLACE budget",
    ]);
  });
});
