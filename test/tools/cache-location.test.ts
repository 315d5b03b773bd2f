import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { cacheDirectory } from "../../tools/pulumi-cli/cache";

test.each([
  [
    "PULUMI_AIXPLAIN_CACHE above all",
    { PULUMI_AIXPLAIN_CACHE: "/mine", XDG_CACHE_HOME: "/xdg" },
    resolve("/mine"),
  ],
  ["the user's cache directory", { XDG_CACHE_HOME: "/xdg" }, join("/xdg", "pulumi-aixplain")],
  ["not a relative XDG_CACHE_HOME", { XDG_CACHE_HOME: "x" }, join(homedir(), ".cache", "pulumi-aixplain")],
  ["~/.cache by default", {}, join(homedir(), ".cache", "pulumi-aixplain")],
])("the cache is in %s", (_what, env, expected) => {
  expect(cacheDirectory(env)).toBe(expected);
});
