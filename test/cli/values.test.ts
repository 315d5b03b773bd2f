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

      const given = (value: string): string => `pulumi.output(1).apply(() => (${value}))`;
      project.program(`
new ApiKey("late", {
  name: ${given("new Map()")}, budget: ${given("() => 1")}, expiresAt: ${given("new Set()")},
  globalLimits: ${given('new Map([["tokensPerDay", 1]])')}, assetLimits: [{ model: "m", requestsPerDay: ${given("2n")} }],
});`);
      const late = await project.up();
      expect(late.ok).toBe(false);
      for (const told of [
        "name is a Map",
        "budget is a function",
        "expiresAt is a Set",
        "globalLimits is a Map",
      ]) {
        expect(late.text).toContain(`error: The API key "late" cannot be declared: ${told}`);
      }
      for (const path of ["name", "budget", "expiresAt", "globalLimits", "assetLimits[0].requestsPerDay"]) {
        expect(late.text).toContain(`resource 'late' has a problem: ${path}`);
      }

      project.program(
        'new ApiKey("later", { assetLimits: [Promise.resolve({ model: "m", requestsPerDay: new Set([1]) })] });',
      );
      const later = await project.up();
      expect(later.ok).toBe(false);
      expect(later.text).toContain('"later" cannot be declared: assetLimits[0].requestsPerDay is a Set');
      const { requests } = project.emulator.controls;
      expect(requests().filter(({ method }) => method !== "GET")).toEqual([]);
    }),
  CLI_TIMEOUT_MS,
);
