import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, EmulatorError } from "../../emulator/src/index";
import { ADMIN_KEY, GUIDE_MODEL, NOON, Rehearsal, rehearse, SECOND_MODEL } from "./rehearsal";

let directory: string;
let data: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "emulator-"));
  data = join(directory, "data");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = () => join(data, "account.db");

/** An account with two keys, of which one was used and one was changed in mid-day. */
async function fill(options = {}) {
  const it_ = await rehearse({ data, ...options });
  const used = await it_.newKey("used", {
    globalLimits: { rpd: 3 },
    assetsLimits: [{ assetId: GUIDE_MODEL, rpd: 2 }],
  });
  await it_.run(used.accessKey);
  await it_.run(used.accessKey, { data: "hello" }, SECOND_MODEL);
  const changed = await it_.newKey("changed", {
    budget: 1,
    expiresAt: "2027-01-01",
    globalLimits: { rpd: 5 },
  });
  await it_.admin("PUT", `/sdk/api-keys/${changed.id}`, { globalLimits: { rpd: 9 } });
  const gone = await it_.newKey("gone");
  await it_.admin("DELETE", `/sdk/api-keys/${gone.id}`);
  return { it_, used, changed };
}

test("keys, counters, limits in force and secrets are the same after a restart", async () => {
  const { it_, used, changed } = await fill();
  const before = it_.controls.snapshot();
  await it_.close();
  const again = await rehearse({ data });
  expect(again.controls.snapshot()).toEqual(before);
  expect((await again.run(used.accessKey)).status).toBe(200);
  expect((await again.run(used.accessKey)).status).toBe(429);
  expect((await again.usage(changed.id))[0]?.requestCountLimit).toBe(5);
  again.controls.clock.set("2026-03-11T00:00:00Z");
  expect((await again.usage(changed.id))[0]?.requestCountLimit).toBe(9);
  await again.close();
});

test("an asynchronous run that was under way still counts its output after a restart", async () => {
  const { it_, used } = await fill({ asyncRunMs: 60_000 });
  await it_.call("POST", `/api/v1/execute/${SECOND_MODEL}`, used.accessKey, { data: "hello" });
  expect((await it_.usage(used.id))[0]?.tokenCount).toBe(1 + 17 + 1);
  await it_.close();
  const again = await rehearse({ data });
  again.controls.clock.set(NOON + 60_000);
  expect((await again.usage(used.id))[0]?.tokenCount).toBe(1 + 17 + 17);
  await again.close();
});

test("a snapshot that was restored, and a reset, are kept as well", async () => {
  const { it_ } = await fill();
  const snapshot = it_.controls.snapshot();
  it_.controls.reset();
  await it_.newKey("later");
  await it_.close();
  const again = await rehearse({ data });
  expect(again.controls.keys().map(({ name }) => name)).toEqual(["Admin", "later"]);
  again.controls.restore(snapshot);
  await again.close();
  const third = await rehearse({ data });
  expect(third.controls.snapshot()).toEqual(snapshot);
  await third.close();
});

test("a key that is deleted after a restart leaves nothing of itself behind", async () => {
  const { it_, used } = await fill();
  await it_.close();
  const again = await rehearse({ data });
  await again.admin("DELETE", `/sdk/api-keys/${used.id}`);
  await again.close();
  const Database = require("libsql");
  const database = new Database(file());
  const names = database.prepare("SELECT name FROM entries").raw().all().flat();
  expect(names.filter((name: string) => name.includes(used.id))).toEqual([]);
  database.close();
});

test("the admin key is kept, unless another one is asked for", async () => {
  const first = await createEmulator({ data });
  await first.close();
  const second = await createEmulator({ data });
  expect(second.adminKey).toBe(first.adminKey);
  await second.close();
  const third = new Rehearsal(await createEmulator({ data, adminKey: ADMIN_KEY }));
  expect((await third.admin("GET", "/sdk/api-keys")).status).toBe(200);
  expect((await third.call("GET", "/sdk/api-keys", first.adminKey)).status).toBe(401);
  expect(third.controls.keys()).toHaveLength(1);
  await third.close();
});

test("what is answered was written before", async () => {
  const { it_ } = await fill();
  const { id } = await it_.newKey("answered");
  const copy = join(directory, "copy");
  require("node:fs").cpSync(data, copy, { recursive: true });
  const again = await rehearse({ data: copy });
  expect(again.controls.keys().some((key) => key.id === id)).toBe(true);
  await again.close();
  await it_.close();
});

test("a second emulator on the same data is turned away", async () => {
  const { it_ } = await fill();
  await expect(rehearse({ data })).rejects.toThrow(/in use by another emulator/);
  await it_.close();
});

describe("damaged data are an error, never an empty account", () => {
  const opening = () => rehearse({ data });
  const damaged = async () => {
    const { it_ } = await fill();
    for (let key = 0; key < 60; key += 1) await it_.newKey(`key-${key}`);
    await it_.close();
    return statSync(file()).size;
  };

  test.each([0, 0.3, 0.6, 0.99])("cut off at %d of its length", async (part) => {
    const size = await damaged();
    truncateSync(file(), Math.floor(size * part));
    await expect(opening()).rejects.toThrow(EmulatorError);
    await expect(opening()).rejects.toThrow(/cannot be read/);
  });

  test("overwritten with zeros, noise or letters, wherever that hits", async () => {
    const size = await damaged();
    const whole = readFileSync(file());
    const sound = (await opening().then((it_) => [it_.controls.snapshot(), it_.close()] as const))[0];
    for (let at = 0; at < size; at += 509) {
      const broken = Buffer.from(whole);
      const length = 1 + (at % 64);
      broken.fill([0, at & 255, 0x41][at % 3] ?? 0, at, at + length);
      writeFileSync(file(), broken);
      // Bytes that no row lives in may be anything; every other one must be missed.
      const outcome = await opening().then(
        async (it_) => {
          const snapshot = it_.controls.snapshot();
          await it_.close();
          return snapshot;
        },
        (error: unknown) => error,
      );
      if (outcome instanceof EmulatorError) continue;
      expect(outcome).toEqual(sound);
    }
  });

  test("another file altogether, or a row that was changed with another program", async () => {
    await damaged();
    const Database = require("libsql");
    const database = new Database(file());
    database.exec("UPDATE entries SET body = replace(body, 'key-7', 'key-x')");
    database.close();
    await expect(opening()).rejects.toThrow(/its rows were altered/);
    writeFileSync(file(), "This is no database. ".repeat(1000));
    await expect(opening()).rejects.toThrow(/cannot be read/);
  });

  test("the database gone from beside its journal", async () => {
    await damaged();
    expect(readdirSync(data)).toContain("account.db-journal");
    rmSync(file());
    await expect(opening()).rejects.toThrow(/missing, but its journal exists/);
  });
});

test("nobody but the owner can read what is kept: it holds access keys", async () => {
  const { it_ } = await fill();
  await it_.close();
  for (const name of readdirSync(data))
    expect([name, statSync(join(data, name)).mode & 0o077]).toEqual([name, 0]);
  expect(statSync(data).mode & 0o077).toBe(0);
});
