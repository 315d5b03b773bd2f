import { agreement, keysOf } from "../../bench/fleet/agreement";
import { CallTally } from "../../bench/fleet/call-tally";
import { StorageTally } from "../../tools/shared-backend/storage-tally";

const key = (id: string, name = `name-${id}`) => ({ id, name });

describe("the account beside the states of its stacks", () => {
  test("agrees where both hold the same keys, in whatever order", () => {
    expect(agreement([key("1"), key("2")], [key("2"), key("1")])).toEqual({
      inAccount: 2,
      inStates: 2,
      lost: [],
      unknown: [],
      twice: [],
    });
  });

  test("tells a key that is lost, one that no state knows, and one with another name", () => {
    const { lost, unknown } = agreement(
      [key("1"), key("3"), key("4", "new")],
      [key("1"), key("2"), key("4")],
    );
    expect(lost).toEqual(["2 name-2", "4 name-4"]);
    expect(unknown).toEqual(["3 name-3", "4 new"]);
  });

  test("tells an id or a name that stands twice, in the account or in the states", () => {
    expect(agreement([key("1", "same"), key("2", "same")], []).twice).toEqual(["same"]);
    expect(agreement([], [key("1"), key("1")]).twice).toEqual(["1", "name-1"]);
  });

  test("reads ids and names of the keys of an exported state", () => {
    const resources = [
      { type: "pulumi:pulumi:Stack" },
      { type: "pulumi-nodejs:dynamic/aixplain:ApiKey", id: "1", outputs: { name: "one", budget: 3 } },
    ];
    expect(keysOf(JSON.stringify({ deployment: { resources } }))).toEqual([{ id: "1", name: "one" }]);
  });
});

test("calls are counted by method, those over the quota apart", () => {
  const tally = new CallTally();
  for (const line of [
    "POST /sdk/api-keys 201 1.2ms x-api-key abcd****1234",
    "POST /sdk/api-keys 429 0.1ms x-api-key abcd****1234",
    "GET /sdk/api-keys 200 3.0ms x-api-key abcd****1234",
  ])
    tally.add(line);
  expect(tally.take()).toEqual({ answered: { POST: 1, GET: 1 }, refused: 1 });
  expect(tally.take()).toEqual({ answered: {}, refused: 0 });
});

test("requests to the S3 server are counted by what Pulumi wants of them", () => {
  const tally = new StorageTally();
  const line = (method: string, path: string): string =>
    `14:26:49 | vgw | 200 |    2.793012ms | 127.0.0.1 | ${method} | ${path} | - | x-id=Something`;
  const requests = [
    ["GET", "/state"],
    ["PUT", "/state/.pulumi/stacks/fleet/team-00.json"],
    ["PUT", "/state/.pulumi/stacks/fleet/team-00.json.bak"],
    ["PUT", "/state/.pulumi/locks/organization/fleet/team-00/1.json"],
    ["DELETE", "/state/.pulumi/locks/organization/fleet/team-00/1.json"],
  ] as const;
  expect(requests.map(([method, path]) => tally.add(line(method, path)))).toEqual(requests.map(() => true));
  expect(tally.add("VersityGW")).toBe(false);
  expect(tally.take()).toEqual({ requests: 5, lists: 1, checkpoints: 1, backups: 1, locks: 1 });
});
