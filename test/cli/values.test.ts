import { CLI_TIMEOUT_MS, withCliProject } from "./project";

test(
  "a value that Pulumi would lose fails the preview by its path, at construction and when an output brings it",
  () =>
    withCliProject(async (project) => {
      project.program(
        'new ApiKey("bot", { budget: 5n, globalLimits: new Map([["tokensPerDay", 1]]), assetLimits: [() => 1] });',
      );
      const direct = await project.preview();
      expect(direct.ok).toBe(false);
      expect(direct.text).toContain('The API key "bot" cannot be declared: budget is the bigint 5n');
      expect(direct.text).toContain("globalLimits is a Map");
      expect(direct.text).toContain("assetLimits[0] is a function");
      // Our own words, and no stack of them.
      expect(direct.text).not.toContain("serialisable");

      project.program(`
new ApiKey("late", { globalLimits: pulumi.output(1).apply(() => new Map([["tokensPerDay", 1]])) });
new ApiKey("later", { assetLimits: [Promise.resolve({ model: "m", requestsPerDay: new Set([1]) })] });`);
      const late = await project.preview();
      expect(late.ok).toBe(false);
      expect(late.text).toMatch(
        /"late" cannot be declared: globalLimits is a Map|"later" cannot be declared: assetLimits\[0\]\.requestsPerDay is a Set/,
      );
      const { requests } = project.emulator.controls;
      expect(requests().filter(({ method }) => method !== "GET")).toEqual([]);
    }),
  CLI_TIMEOUT_MS,
);
