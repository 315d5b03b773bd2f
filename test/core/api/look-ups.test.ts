import { type ApiKeysApi, ListedKey } from "../../../provider/api/api-keys";
import { NotFoundError } from "../../../provider/api/errors";
import { LookUps, RunListing } from "../../../provider/api/look-ups";
import type { ModelsApi } from "../../../provider/api/models";
import type { LiveKey } from "../../../provider/core/model";
import { usageReading } from "../../../provider/core/usage";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const MIDNIGHT = "2026-03-11T00:00:00.000Z";

const key = (id: string, rest: Partial<LiveKey> = {}): LiveKey => ({
  id,
  name: `name-${id}`,
  accessKeyHint: "abcd****wxyz",
  isAdmin: false,
  ...rest,
});

const limited = { globalLimits: { requestsPerDay: 10 } };

/** An account: its keys, what each has used, and the models that there are. */
function account(given: {
  keys?: LiveKey[];
  used?: Record<string, number>;
  models?: string[];
  /** Paths by id, which the run does not know yet. */
  paths?: Record<string, string>;
}) {
  const { keys = [], used = {}, paths = {} } = given;
  const models = [...(given.models ?? [])];
  const calls: string[] = [];
  const lists: LiveKey[][] = [keys];
  const listed = ({ id, name, ...rest }: LiveKey) => new ListedKey(id, name, { id, name, ...rest });
  const api = {
    list: async () => {
      calls.push("list");
      return (lists.length > 1 ? lists.shift() : lists[0])?.map(listed) ?? [];
    },
    usage: async (id: string) => {
      calls.push(`usage ${id}`);
      const reading = usageReading(used[id] ?? 0, 10, MIDNIGHT);
      return { total: { requests: reading, tokens: usageReading(0, null, MIDNIGHT) }, models: {} };
    },
  } as unknown as ApiKeysApi;
  const modelsApi = {
    get: async (model: string) => {
      calls.push(`model ${model}`);
      if (models.includes(model)) return { id: model };
      const path = paths[model];
      if (path !== undefined) {
        models.push(path);
        return { id: model, path };
      }
      throw new NotFoundError({ method: "GET", path: "/v2/models" }, "");
    },
    known: () => models,
  } as unknown as ModelsApi;
  const listing = new RunListing(api);
  return {
    calls,
    lists,
    listing,
    lookUps: new LookUps({ keys: api, models: modelsApi, now: () => NOW }, listing),
  };
}

const names = async (look: ReturnType<typeof account>, conditions: object): Promise<string[]> =>
  (await look.lookUps.getApiKeys(conditions, false)).apiKeys.map(({ id }) => id);

describe("one key", () => {
  test("is found by id or by name in one list", async () => {
    const look = account({ keys: [key("a"), key("b", { budget: 5 })] });
    expect(await look.lookUps.getApiKey({ id: "b" })).toEqual(key("b", { budget: 5 }));
    expect(await look.lookUps.getApiKey({ name: "name-a" })).toEqual(key("a"));
    expect(look.calls).toEqual(["list"]);
  });

  test("that was not there is looked for once more, and askers share that list", async () => {
    const look = account({ keys: [key("a")] });
    look.lists.push([key("a"), key("new")]);
    const both = await Promise.all(["new", "new"].map((id) => look.lookUps.getApiKey({ id })));
    expect(both.map(({ id }) => id)).toEqual(["new", "new"]);
    expect(look.calls.length).toBeLessThanOrEqual(3);
  });

  test("that is not there is an error, with the name that may have been meant", async () => {
    const look = account({ keys: [key("a", { name: "ci-bot" })] });
    await expect(look.lookUps.getApiKey({ name: "ci-bto" })).rejects.toThrow(
      'there is no key "ci-bto" in the account (did you mean "ci-bot"?)',
    );
    await expect(look.lookUps.getApiKey({ id: "x" })).rejects.toThrow('there is no key "x" in the account.');
  });
});

describe("keys by conditions", () => {
  const keys = [
    key("gone", { name: "ci-1", expiresAt: "2026-03-10" }),
    key("soon", { name: "ci-2", expiresAt: "2026-03-12", ...limited }),
    key("late", { name: "ci-3", expiresAt: "2026-03-18", ...limited }),
    key("never", { name: "web", ...limited }),
    key("free", { name: "web-2", globalLimits: { requestsPerMinute: 1 } }),
    key("admin", { name: "Admin", isAdmin: true, ...limited }),
  ];

  test.each([
    [{}, ["gone", "soon", "late", "never", "free", "admin"]],
    [{ namePrefix: "ci-" }, ["gone", "soon", "late"]],
    [{ expiringWithinDays: 7 }, ["soon"]],
    [{ expiringWithinDays: 8 }, ["soon", "late"]],
    [{ usedAbovePercent: 80 }, ["late"]],
    [{ usedAbovePercent: 79 }, ["late", "never"]],
    [{ namePrefix: "web", usedAbovePercent: 79 }, ["never"]],
  ])("%j", async (conditions, expected) => {
    expect(await names(account({ keys, used: { late: 9, never: 8, admin: 10 } }), conditions)).toEqual(
      expected,
    );
  });

  test("cost a call for usage only of keys that meet the others and have a limit of the day", async () => {
    const look = account({ keys });
    await names(look, { namePrefix: "ci-", usedAbovePercent: 1 });
    expect(look.calls).toEqual(["list", "usage soon", "usage late"]);
  });
});

describe("a list", () => {
  test("that failed is not remembered", async () => {
    let fail = true;
    const listing = new RunListing({
      list: async () => {
        if (fail) throw new Error("busy");
        return [];
      },
    });
    await expect(listing.keys()).rejects.toThrow("busy");
    fail = false;
    expect((await listing.keys()).size).toBe(0);
  });

  test("that is to be fresh begins after the one under way", async () => {
    let begun = 0;
    const pending: (() => void)[] = [];
    const listing = new RunListing({
      list: () => {
        begun += 1;
        return new Promise((resolve) => pending.push(() => resolve([])));
      },
    });
    const first = listing.keys();
    const later = [listing.freshKeys(), listing.freshKeys()];
    expect(begun).toBe(1);
    pending.shift()?.();
    await first;
    await new Promise(setImmediate);
    expect(begun).toBe(2);
    pending.shift()?.();
    await Promise.all(later);
    expect(begun).toBe(2);
  });
});

describe("a model", () => {
  const reasonFor = async (look: ReturnType<typeof account>, model: string): Promise<string> => {
    const answer = await look.lookUps.getModel({ model });
    return "problems" in answer ? (answer.problems[0]?.reason ?? "") : "";
  };

  test("is found", async () => {
    expect(await account({ models: ["a/b/c"] }).lookUps.getModel({ model: "a/b/c" })).toEqual({
      value: { id: "a/b/c" },
    });
  });

  test.each([
    ["in capitals", { models: ["a/b/c"] }, " A/B/C", 'did you mean "a/b/c"?'],
    [
      "near one that the run knows",
      { models: ["openai/gpt-4o/openai"] },
      "openai/gpt-4/openai",
      'did you mean "openai/gpt-4o/openai"?',
    ],
    [
      "near the id of one that a key limits",
      { keys: [key("a", { assetLimits: [{ model: "6661df926d36df3b878e0697", requestsPerDay: 1 }] })] },
      "6661df926d36df3b878e069",
      'did you mean "6661df926d36df3b878e0697"?',
    ],
    [
      "near the path of one that a key limits",
      {
        keys: [key("a", { assetLimits: [{ model: "6661df926d36df3b878e0697", requestsPerDay: 1 }] })],
        paths: { "6661df926d36df3b878e0697": "openai/gpt-4o/openai" },
      },
      "openai/gpt-4/openai",
      'did you mean "openai/gpt-4o/openai"?',
    ],
    ["like nothing", {}, "whatever", "which the platform does not know: check its spelling"],
  ])("that is not known is told, %s", async (_, given, model, words) => {
    expect(await reasonFor(account(given), model)).toContain(words);
  });
});
