import { judge, no, type Question, type Reading, unclear, yes } from "./question";

const NO_KEY = "000000000000000000000000";
const MASKED = /^\S{4}\*+\S{4}$/;

export const readQuestions: readonly Question<Reading>[] = [
  {
    id: "admin-listed",
    assumption: "the admin key is in the list",
    ask: async ({ keys }) => {
      const admins = keys.filter(({ isAdmin }) => isAdmin === true).length;
      return judge(admins > 0, `${keys.length} keys, ${admins} of them with isAdmin`);
    },
  },
  {
    id: "key-headers",
    assumption: "every header with the key works for the list",
    ask: async ({ service }) => {
      const { adminKey } = service.address;
      const ways = {
        "x-api-key": { "x-api-key": adminKey },
        "x-aixplain-key": { "x-aixplain-key": adminKey },
        Token: { authorization: `Token ${adminKey}` },
      };
      const saw: string[] = [];
      for (const [name, headers] of Object.entries(ways)) {
        saw.push(`${name} ${(await service.read("/sdk/api-keys", headers)).status}`);
      }
      return judge(
        saw.every((each) => each.endsWith(" 200")),
        saw.join(", "),
      );
    },
  },
  {
    id: "unknown-key",
    assumption: "an unknown key gets 401",
    ask: async ({ service }) => {
      const { status } = await service.read("/sdk/api-keys", { "x-api-key": "no-key-of-this-account" });
      return judge(status === 401, `status ${status}`);
    },
  },
  {
    id: "deleted-key",
    assumption: "a key that is not there gets 404",
    ask: async ({ service }) => {
      const { status } = await service.read(`/sdk/api-keys/${NO_KEY}`);
      return judge(status === 404, `status ${status}`);
    },
  },
  {
    id: "error-body",
    assumption: "an error has statusCode, message, error and supplierError",
    ask: async ({ service }) => {
      const { body } = await service.read(`/sdk/api-keys/${NO_KEY}`);
      if (typeof body !== "object" || body === null) return no("no JSON object");
      const names = Object.keys(body);
      const wanted = ["statusCode", "message", "error", "supplierError"];
      return judge(
        wanted.every((name) => names.includes(name)),
        `fields ${names.sort().join(", ")}`,
      );
    },
  },
  {
    id: "mask",
    assumption: "access keys are shown as 4 characters, stars, 4 characters",
    ask: async ({ keys }) => {
      if (keys.length === 0) return unclear("the list is empty");
      const others = keys.filter(({ accessKey }) => !MASKED.test(accessKey)).length;
      return others === 0 ? yes(`all ${keys.length}`) : no(`${others} of ${keys.length} are shown otherwise`);
    },
  },
  {
    id: "usage-rows",
    assumption: "the admin key's own usage is one row for the key as a whole",
    ask: async ({ service }) => {
      const { status, body } = await service.read("/sdk/api-keys/usage-limits");
      if (!Array.isArray(body)) return no(`status ${status}, no list`);
      return judge(body.length === 1 && body[0]?.assetId == null, `${body.length} rows`);
    },
  },
];
