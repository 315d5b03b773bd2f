import { ADMIN_KEY, GUIDE_MODEL, MINI, type Rehearsal, rehearse } from "./rehearsal";

let it_: Rehearsal;
let lines: string[];
const start = async (adminKey = ADMIN_KEY) => {
  lines = [];
  it_ = await rehearse({ adminKey, log: (line) => lines.push(line) });
};
beforeEach(() => start());
afterEach(() => it_.close());

const encoded = (text: string) =>
  [...text].map((letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");

const again = (text: string) => text.replaceAll("%", "%25");

const PATHS: readonly [string, (key: string) => string][] = [
  ["as an id", (key) => `/sdk/api-keys/${key}`],
  ["as an id whose usage is asked for", (key) => `/sdk/api-keys/${key}/usage-limits`],
  ["encoded", (key) => `/sdk/api-keys/${encoded(key)}`],
  ["encoded twice", (key) => `/sdk/api-keys/${encoded(encoded(key))}`],
  ["encoded seven times", (key) => `/sdk/api-keys/${[1, 2, 3, 4, 5, 6].reduce(again, encoded(key))}`],
  ["with one letter encoded", (key) => `/sdk/api-keys/${encoded(key.slice(0, 1))}${key.slice(1)}`],
  ["with something after a semicolon", (key) => `/sdk/api-keys/${key};x`],
  ["with a blank behind it", (key) => `/sdk/api-keys/${key}%20`],
  ["with a word stuck to it", (key) => `/sdk/api-keys/x${key}`],
  ["inside a model path", (key) => `/v2/models/openai%2F${key}%2Fopenai`],
  ["inside a model path that is run", (key) => `/api/v2/execute/openai/${key}/openai`],
  ["as the address of a run", (key) => `/api/v1/data/${key}`],
  ["where nothing is built", (key) => `/sdk/else/${key}/more`],
  ["beside an address that cannot be decoded", (key) => `/sdk/api-keys/${key}/%zz`],
  ["in a query", (key) => `/sdk/api-keys?key=${key}`],
  ["in an address that is too long", (key) => `/sdk/api-keys/${key}${"/x".repeat(2_000)}${key.repeat(20)}`],
];

describe.each(PATHS)("a key in an address, %s", (_how, pathWith) => {
  test.each(["of a member", "that was deleted", "of the admin", "of another account"])(
    "%s",
    async (whose) => {
      const { accessKey, id } = await it_.newKey("k");
      if (whose === "that was deleted") await it_.admin("DELETE", `/sdk/api-keys/${id}`);
      const key = { "of the admin": ADMIN_KEY, "of another account": "0f".repeat(32) }[whose] ?? accessKey;
      lines = [];
      const shown: string[] = [];
      for (const method of ["GET", "POST"] as const) {
        shown.push((await it_.admin(method, pathWith(key))).text);
      }
      expect(lines.length).toBeGreaterThan(0);
      shown.push(...lines, JSON.stringify(it_.controls.requests()));
      for (const text of shown) {
        expect(text.toLowerCase()).not.toContain(key);
        expect(decodeAll(text)).not.toContain(key);
      }
    },
  );
});

function decodeAll(text: string): string {
  let decoded = text;
  for (let round = 0; round < 8; round += 1) {
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return decoded;
}

test("an admin key with other characters than letters and digits is found, too", async () => {
  await it_.close();
  const adminKey = "p@ss.w0rd/of:me";
  await start(adminKey);
  await it_.call("GET", `/sdk/api-keys/${adminKey}`, adminKey);
  const { text } = await it_.call("GET", `/sdk/api-keys/x${encodeURIComponent(adminKey)}x`, adminKey);
  expect(lines).toHaveLength(2);
  for (const shown of [text, ...lines]) expect(decodeAll(shown)).not.toContain(adminKey);
});

test("ids, models, their paths and routes are shown as they are", async () => {
  const { id } = await it_.newKey("k");
  lines = [];
  await it_.admin("GET", `/sdk/api-keys/${id}/usage-limits`);
  await it_.admin("GET", `/v2/models/${encodeURIComponent(MINI.path)}`);
  await it_.admin("GET", "/v2/models/aixplain%2Fguide-model%2Femulator");
  await it_.admin("GET", `/sdk/models/${GUIDE_MODEL}`);
  await it_.admin("GET", "/sdk/api-keys/0123456789abcdef01234567");
  expect(lines.map((line) => line.split(" ")[1])).toEqual([
    `/sdk/api-keys/${id}/usage-limits`,
    "/v2/models/openai%2Fgpt-4o-mini%2Fopenai",
    "/v2/models/aixplain%2Fguide-model%2Femulator",
    `/sdk/models/${GUIDE_MODEL}`,
    "/sdk/api-keys/0123456789abcdef01234567",
  ]);
});

test("the request log is bounded in bytes, however long the addresses and the presented keys are", async () => {
  const long = "y/".repeat(3_500);
  for (let at = 0; at < 500; at += 1) {
    await it_.call("GET", `/sdk/${at}/${long}`, `key-${"z".repeat(5_000)}`);
  }
  const requests = it_.controls.requests();
  expect(requests).toHaveLength(500);
  expect(JSON.stringify(requests).length / 500).toBeLessThan(1_000);
});
