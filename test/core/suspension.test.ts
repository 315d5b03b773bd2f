import { fromWire, toWire } from "../../provider/api/convert";
import { wireKey } from "../../provider/api/wire";
import { checkDeclaration } from "../../provider/core/check";
import { compare, describeChanges } from "../../provider/core/diff";
import type { ApiKeyInputs } from "../../provider/core/model";
import { asLive, readState, toInputs, toState, withUnsent } from "../../provider/core/state";

const KEY: ApiKeyInputs = { name: "key", budget: 5, expiresAt: "2099-01-31" };
const SUSPENDED: ApiKeyInputs = { ...KEY, suspended: true };
const NO_IDS = new Map<string, string>();

const shown = (inputs: ApiKeyInputs) =>
  fromWire(wireKey.parse({ id: "k", accessKey: "abcd****wxyz", ...toWire(inputs, NO_IDS) }));

describe("on the wire", () => {
  it("a suspended key has an expiry that has passed, and no field of its own", () => {
    expect(toWire(SUSPENDED, NO_IDS)).toEqual({
      ...toWire(KEY, NO_IDS),
      expiresAt: "2000-01-01T00:00:00.000000Z",
    });
  });

  it.each(["2000-01-01T00:00:00.000000Z", "2000-01-01T00:00:00Z", "2000-01-01", "2000-01-01T01:00:00+01:00"])(
    "%s reads as suspended, and no other past expiry does",
    (expiresAt) => {
      const read = (at: string) => fromWire(wireKey.parse({ id: "k", name: "key", expiresAt: at }));
      expect(read(expiresAt)).toMatchObject({ suspended: true });
      expect(read(expiresAt)).not.toHaveProperty("expiresAt");
      expect(read("2020-01-01T00:00:00Z")).toMatchObject({ expiresAt: "2020-01-01" });
      expect(read("2020-01-01T00:00:00Z")).not.toHaveProperty("suspended");
    },
  );

  it("false is the same as nothing", () => {
    const outcome = checkDeclaration({ name: "key", suspended: false }, { now: 0 });
    expect(outcome).toEqual({ ok: true, inputs: { name: "key" }, warnings: [] });
  });
});

describe("the expiry of a suspended key", () => {
  it("is remembered by what declared it, so that nothing differs and nothing is lost", () => {
    const live = shown(SUSPENDED);
    expect(live.expiresAt).toBeUndefined();
    expect(compare(withUnsent(live, SUSPENDED), SUSPENDED)).toEqual([]);
    const stored: unknown = JSON.parse(
      JSON.stringify(toState(withUnsent(live, SUSPENDED), NO_IDS, "secret")),
    );
    const state = readState(stored);
    expect(toInputs(state)).toEqual(SUSPENDED);
    expect(compare(withUnsent(live, state), asLive(state))).toEqual([]);
  });

  it("is told as what comes back where the key is resumed", () => {
    const changes = compare(withUnsent(shown(SUSPENDED), readState(SUSPENDED)), KEY);
    expect(describeChanges(changes)).toBe("suspended true -> not set");
    const imported = compare(shown(SUSPENDED), KEY);
    expect(describeChanges(imported)).toBe('expiresAt not set -> "2099-01-31", suspended true -> not set');
  });

  it("of a key that is not suspended is what the platform shows, whatever is remembered", () => {
    expect(withUnsent(shown(KEY), { ...SUSPENDED, expiresAt: "2050-01-01" }).expiresAt).toBe("2099-01-31");
  });

  it("cannot be declared as the day that marks a suspension, not even unchanged", () => {
    const expiresAt = "2000-01-01";
    const outcome = checkDeclaration(
      { expiresAt },
      { now: Date.parse("2026-01-01"), previous: { expiresAt } },
    );
    expect(outcome).toEqual({
      ok: false,
      problems: [
        {
          property: "expiresAt",
          reason:
            'is "2000-01-01", which marks keys that are suspended: write suspended: true to stop the key, or choose another date',
        },
      ],
    });
  });
});

describe("a deletion policy", () => {
  it("is nothing that the platform learns of, and a difference to the state alone", () => {
    const kept: ApiKeyInputs = { ...KEY, deletionPolicy: "keep" };
    expect(toWire(kept, NO_IDS)).toEqual(toWire(KEY, NO_IDS));
    expect(describeChanges(compare(withUnsent(shown(KEY), KEY), kept))).toBe(
      'deletionPolicy not set -> "keep"',
    );
    expect(compare(withUnsent(shown(KEY), kept), kept)).toEqual([]);
    expect(checkDeclaration({ ...KEY, deletionPolicy: "delete" }, { now: 0 })).toMatchObject({ inputs: KEY });
    expect(readState({ ...kept, deletionPolicy: "burn" }).deletionPolicy).toBeUndefined();
    expect(toInputs(readState(kept))).toEqual(kept);
  });
});
