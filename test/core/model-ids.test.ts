import { repeatedModels } from "../../provider/core/model-ids";
import { UNKNOWN } from "../../provider/core/unknown";

const IDS = new Map([
  ["a/b/c", "id-1"],
  ["x/y/z", "id-1"],
]);
const said = (models: readonly unknown[], ids?: ReadonlyMap<string, string>) =>
  repeatedModels(models, ids).map(({ property, reason }) => `${property} ${reason}`);

describe("a model that a declaration names twice", () => {
  it("is told at every entry after the first, with the place of that", () => {
    expect(said(["a", "b", "a", "a"])).toEqual([
      'assetLimits[2].model names "a" a second time, after assetLimits[0]: keep one entry per model',
      'assetLimits[3].model names "a" a second time, after assetLimits[0]: keep one entry per model',
    ]);
  });

  it.each([
    ["by its path and by its id", "a/b/c", "id-1"],
    ["by its id and by its path", "id-1", "a/b/c"],
    ["by two paths", "a/b/c", "x/y/z"],
  ])("is told %s, once the paths are resolved", (_, one, other) => {
    expect(said([one, "id-2", other], IDS)).toEqual([
      `assetLimits[2].model names "${other}", which is the same model as "${one}" in assetLimits[0]: keep one entry per model`,
    ]);
    expect(said([one, "id-2", other])).toEqual([]);
  });

  it("is none where nothing is known of it, and such entries keep their place in the count", () => {
    expect(said([undefined, UNKNOWN, 7, UNKNOWN, undefined, 7, "a", null, "a"])).toEqual([
      expect.stringContaining("assetLimits[8].model"),
    ]);
  });
});
