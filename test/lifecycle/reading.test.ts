import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListedKey } from "../../provider/api/api-keys";
import type { LiveKey } from "../../provider/core/model";
import { Account, MAX_AGE_MS, OWN_WRITES_MS } from "../../provider/lifecycle/account";

const key = (id: string, name: string): LiveKey => ({ id, name, accessKeyHint: "", isAdmin: false });

function handAnswered() {
  const asked: { answer: (keys: readonly LiveKey[]) => void; fail: (error: Error) => void }[] = [];
  const list = () =>
    new Promise<readonly ListedKey[]>((answer, fail) =>
      asked.push({
        answer: (keys) => answer(keys.map((each) => new ListedKey(each.id, each.name, each))),
        fail,
      }),
    );
  let time = 0;
  const account = new Account({ list }, { host: "platform", keyDigest: () => "digest" }, () => time);
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const later = (ms: number): void => {
    time += ms;
  };
  return { account, asked, settled, later };
}

describe("a name is found", () => {
  it("under the key that has it now, after a rename and a delete of this run", async () => {
    const { account, asked } = handAnswered();
    const first = account.named("a");
    asked[0]?.answer([key("1", "a"), key("2", "b")]);
    expect((await first)?.id).toBe("1");
    account.wrote(key("1", "c"));
    expect(await account.named("a")).toBeUndefined();
    account.wrote(key("2", "a"));
    expect((await account.named("a"))?.id).toBe("2");
    account.removed("1");
    expect(await account.named("c")).toBeUndefined();
    expect([...(await account.names()).keys()]).toEqual(["a"]);
    expect(asked).toHaveLength(1);
  });

  it("under the new key, where the old one that had it goes after the new one came", async () => {
    const { account, asked } = handAnswered();
    const first = account.keys();
    asked[0]?.answer([key("old", "a")]);
    await first;
    account.wrote(key("new", "a"));
    account.removed("old");
    expect((await account.named("a"))?.id).toBe("new");
  });
});

describe("names that two keys of an account share, which the platform does not promise to refuse", () => {
  it("are given up one by one", async () => {
    const { account, asked } = handAnswered();
    const first = account.keys();
    asked[0]?.answer([key("1", "ci-bot-0000001"), key("2", "ci-bot-0000001")]);
    await first;
    account.removed("2");
    account.removed("1");
    expect(await account.named("ci-bot-0000001")).toBeUndefined();
    expect(await account.hasOtherLike("x", "ci-bot")).toBe(false);
  });
});

describe("what this run wrote", () => {
  const read = async (
    { account, asked, settled }: ReturnType<typeof handAnswered>,
    keys: readonly LiveKey[],
  ) => {
    const reading = account.freshKeys();
    await settled();
    asked.at(-1)?.answer(keys);
    return [...(await reading).values()].map(({ id, name }) => `${id} ${name}`);
  };

  it("holds before anything was read, and against lists that do not show it yet, for 30 seconds", async () => {
    const hand = handAnswered();
    hand.account.wrote(key("1", "a"));
    hand.later(OWN_WRITES_MS);
    expect(await read(hand, [])).toEqual(["1 a"]);
    hand.later(1);
    expect(await read(hand, [])).toEqual([]);
  });

  it("holds against a list that was asked for before, or in the same moment", async () => {
    const hand = handAnswered();
    const reading = hand.account.keys();
    hand.account.wrote(key("1", "new"));
    hand.asked[0]?.answer([key("1", "old")]);
    expect((await reading).get("1")?.name).toBe("new");
    hand.later(1);
    const next = hand.account.freshKeys();
    hand.later(1);
    hand.account.wrote(key("1", "newer"));
    hand.asked[1]?.answer([key("1", "old")]);
    expect((await next).get("1")?.name).toBe("newer");
  });

  it("gives way to a list that was asked for afterwards and shows the key", async () => {
    const hand = handAnswered();
    hand.account.wrote(key("1", "a"));
    hand.later(1);
    expect(await read(hand, [key("1", "renamed by somebody")])).toEqual(["1 renamed by somebody"]);
  });

  it("stays deleted for 30 seconds, whatever a list shows, and not for longer", async () => {
    const hand = handAnswered();
    hand.account.removed("1");
    hand.later(OWN_WRITES_MS);
    expect(await read(hand, [key("1", "a")])).toEqual([]);
    hand.later(1);
    expect(await read(hand, [key("1", "a")])).toEqual(["1 a"]);
  });
});

describe("whoever needs a reading that is newer than an answer", () => {
  it("does not take one that was under way, and shares the next with all others", async () => {
    const { account, asked, settled } = handAnswered();
    const before = account.named("a");
    const doubting = Array.from({ length: 100 }, () => account.freshlyNamed("a"));
    await settled();
    expect(asked).toHaveLength(1);
    asked[0]?.answer([]);
    expect(await before).toBeUndefined();
    await settled();
    expect(asked).toHaveLength(2);
    asked[1]?.answer([key("1", "a")]);
    expect((await Promise.all(doubting)).map((found) => found?.id)).toEqual(doubting.map(() => "1"));
    expect(asked).toHaveLength(2);
  });

  it("gets it although the one that was under way failed", async () => {
    const { account, asked, settled } = handAnswered();
    const before = account.named("a");
    const doubting = account.freshlyNamed("a");
    asked[0]?.fail(new Error("cut off"));
    await expect(before).rejects.toThrow("cut off");
    await settled();
    asked[1]?.answer([key("1", "a")]);
    expect((await doubting)?.id).toBe("1");
  });

  it("leaves the newer reading to everybody", async () => {
    const { account, asked, later } = handAnswered();
    const doubting = account.freshlyNamed("a");
    asked[0]?.answer([key("1", "a")]);
    await doubting;
    later(MAX_AGE_MS);
    expect((await account.named("a"))?.id).toBe("1");
    expect(asked).toHaveLength(1);
  });
});

describe("a key that has a name like another one's", () => {
  const STEM = "ci-bot";
  const own = key("1", "ci-bot-0000001");

  it.each<[string, readonly LiveKey[], boolean]>([
    ["is seen beside it", [own, key("2", "ci-bot-0000002")], true],
    ["is seen where its own is gone", [key("2", "ci-bot-0000002")], true],
    ["is not its own", [own], false],
    ["is none that is called the stem itself", [own, key("2", STEM)], false],
    ["is none of another stem", [own, key("2", "ci-bot-2-0000002")], false],
  ])("%s", async (_, keys, expected) => {
    const { account, asked } = handAnswered();
    const answer = account.hasOtherLike(own.name, STEM);
    asked[0]?.answer(keys);
    expect(await answer).toBe(expected);
  });

  it("is seen beside a key of quite another name", async () => {
    const { account, asked } = handAnswered();
    const answer = account.hasOtherLike("custom", STEM);
    asked[0]?.answer([own, key("2", "custom")]);
    expect(await answer).toBe(true);
  });

  it("is seen when this run writes it, and no more when it goes or is renamed", async () => {
    const { account, asked } = handAnswered();
    const first = account.hasOtherLike(own.name, STEM);
    asked[0]?.answer([own]);
    await first;
    account.wrote(key("2", "ci-bot-0000002"));
    account.wrote(key("2", "ci-bot-0000002"));
    expect(await account.hasOtherLike(own.name, STEM)).toBe(true);
    account.wrote(key("2", "other"));
    expect(await account.hasOtherLike(own.name, STEM)).toBe(false);
    account.wrote(key("3", "ci-bot-0000003"));
    account.removed("3");
    expect(await account.hasOtherLike(own.name, STEM)).toBe(false);
  });
});

it("is trusted for as long as docs/scale.md says", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "scale.md"), "utf8").replace(/\s+/g, " ");
  expect(page).toContain(`A reading is valid for ${MAX_AGE_MS / 1000} seconds`);
  expect(page).toContain(`For ${OWN_WRITES_MS / 1000} seconds they take precedence over a list`);
});
