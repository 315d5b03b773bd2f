import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator, Fault } from "aixplain-emulator";
import { nextOf } from "./fault-rows";
import { CLI_TIMEOUT_MS, type Told } from "./project";
import { play } from "./watch";

const named = ({ controls }: Emulator, name: string) => controls.keys().find((key) => key.name === name);
const members = ({ controls }: Emulator) => controls.keys().filter(({ isAdmin }) => !isAdmin);
const about = (name: string, fault: Fault): Fault => ({ ...fault, key: name });

describe("creates that go wrong, through the real CLI", () => {
  const CREATE = { route: "createKey" } as const;
  const FAULTS: readonly Fault[] = [
    about("lost", { ...CREATE, kind: "drop-after" }),
    about("page", { ...CREATE, kind: "body", body: "<html>Bad gateway</html>" }),
    about("masked", { ...CREATE, kind: "merge", merge: { accessKey: "abcd************wxyz" } }),
    about("secretless", { ...CREATE, kind: "merge", remove: ["accessKey"] }),
    about("paced", { ...CREATE, kind: "status", status: 429, headers: { "retry-after": "1" } }),
    about("stumbling", { ...CREATE, kind: "status", status: 503, body: "busy" }),
    about("deaf", { ...CREATE, kind: "ignore-fields", fields: ["budget"] }),
  ];
  const NAMES = [...FAULTS.map(({ key }) => key ?? ""), "taken"];
  let first: Told;
  let second: Told;
  let afterFirst: readonly string[];
  let afterSecond: readonly string[];
  let ids: ReadonlyMap<string, string>;
  let budgets: readonly (number | null | undefined)[];

  beforeAll(
    play(async (project, watch) => {
      const { emulator } = project;
      project.program(`for (const name of ${JSON.stringify(NAMES)}) new ApiKey(name, { name, budget: 7 });`);
      emulator.controls.createKey({ name: "taken" });
      for (const fault of FAULTS) emulator.controls.faults.add(fault);
      first = await watch.see(project.up("--continue-on-error"));
      afterFirst = members(emulator).map(({ name }) => name);
      ids = new Map(members(emulator).map(({ name, id }) => [name, id]));
      const before = named(emulator, "deaf")?.budget;
      for (const name of ["lost", "page", "taken"]) emulator.controls.deleteKey(name);
      second = await watch.see(project.up());
      afterSecond = members(emulator).map(({ name }) => name);
      budgets = [before, named(emulator, "deaf")?.budget];
    }),
    CLI_TIMEOUT_MS,
  );

  const saidOf = (told: Told, name: string): string =>
    told.text
      .split("\n")
      .filter((line) => line.includes(`ApiKey ${name} `) || line.includes(`"${name}"`))
      .join("\n");

  test.each([
    ["K1", "lost"],
    ["K2", "page"],
  ])(
    "%s: an answer that got lost (%s) on a fixed name fails, and names the key that is there now with the way out",
    (number, name) => {
      expect(saidOf(first, name)).toContain(`the key ${ids.get(name)} has that name`);
      expect(saidOf(first, name)).toContain(nextOf(number));
      expect(afterFirst).toContain(name);
    },
  );

  test.each([
    ["K3", "masked"],
    ["K4", "secretless"],
  ])(
    "%s: a created key whose access key was not told (%s) is removed again and fails the update",
    (number, name) => {
      expect(saidOf(first, name)).toContain("The provider deleted the key again");
      expect(saidOf(first, name)).toContain(nextOf(number));
      expect(afterFirst).not.toContain(name);
    },
  );

  test.each([
    ["K5", "paced"],
    ["K6", "stumbling"],
  ])("%s: a platform that turns a create away (%s) is asked again, and then there is one key", (_, name) => {
    expect(saidOf(first, name)).not.toMatch(/error|fail/i);
    expect(afterFirst.filter((each) => each === name)).toHaveLength(1);
  });

  test("K7: a field that the platform ignored is told, the key is kept, and the next update repairs it", () => {
    expect(saidOf(first, "deaf")).toContain("budget 7 -> not set");
    expect(saidOf(first, "deaf")).toContain(nextOf("K7"));
    expect(budgets).toEqual([null, 7]);
  });

  test("K8: a taken name fails with the id of the key that has it", () => {
    expect(saidOf(first, "taken")).toContain(`is taken by the key ${ids.get("taken")} of the account`);
    expect(saidOf(first, "taken")).toContain(nextOf("K8"));
  });

  test("the next update, with what was in the way gone, converges", () => {
    expect(first.ok).toBe(false);
    expect(second).toMatchObject({ ok: true });
    expect([...afterSecond].sort()).toEqual([...NAMES].sort());
  });
});

describe("an account that cannot be worked with, through the real CLI", () => {
  const ONE = 'new ApiKey("key", { budget: 1 });';
  const MEMBER = "member-key-of-a-test-0123456789";

  const ROWS: readonly {
    readonly number: string;
    readonly title: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly faults?: readonly Fault[];
    readonly says: string;
  }[] = [
    {
      number: "K9",
      title: "an admin key that the platform does not know",
      env: { AIXPLAIN_API_KEY: "an-admin-key-of-nobody-0123456789" },
      says: "the platform does not accept the admin key",
    },
    {
      number: "K10",
      title: "a member key",
      env: { AIXPLAIN_API_KEY: MEMBER },
      says: "to an admin key of the account",
    },
    {
      number: "K11",
      title: "an address where nobody listens",
      env: { BACKEND_URL: "http://127.0.0.1:9" },
      says: "got no answer from http://127.0.0.1:9: ECONNREFUSED",
    },
    {
      number: "K12",
      title: "a proxy's page instead of the list",
      faults: [{ kind: "body", route: "listKeys", body: "<html>Sign in</html>", times: "always" }],
      says: "with a page of HTML. Check the backend URL",
    },
  ];

  test.each(ROWS)(
    "$number: $title fails the preview in words that help, and nothing is written",
    async ({ number, env = {}, faults = [], says }) => {
      await play(async (project, watch) => {
        const { controls } = project.emulator;
        controls.createKey({ name: "member", accessKey: MEMBER });
        for (const fault of faults) controls.faults.add(fault);
        project.program(ONE);
        const { ok, text } = await watch.see(project.run(["preview"], env));
        expect(ok).toBe(false);
        expect(text).toContain(says);
        expect(text).toContain(nextOf(number));
        for (const value of Object.values(env))
          if (!value.startsWith("http")) expect(text).not.toContain(value);
        expect(controls.requests().filter(({ method }) => method !== "GET")).toEqual([]);
      })();
    },
    CLI_TIMEOUT_MS,
  );

  test(
    "K13: a redirect to another host is an error, and neither the admin key nor anything else goes there",
    async () => {
      const received: string[] = [];
      const elsewhere: Server = createServer((request, response) => {
        received.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
        response.end("[]");
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
      const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/sdk/api-keys`;
      try {
        await play(async (project, watch) => {
          const status = { kind: "status", status: 307, headers: { location }, times: "always" } as const;
          project.emulator.controls.faults.add({ ...status, route: "*" });
          project.program(ONE);
          const { ok, text } = await watch.see(project.preview());
          expect(ok).toBe(false);
          expect(text).toContain(`redirects are not followed. ${nextOf("K13")}`);
        })();
      } finally {
        elsewhere.close();
      }
      expect(received).toEqual([]);
    },
    CLI_TIMEOUT_MS,
  );
});

describe("a key's life on a platform that stumbles, through the real CLI", () => {
  test(
    "K14: an automatic name proves a lost create to be our own: it is removed and made again, and one key is left",
    play(async (project, watch) => {
      const { emulator } = project;
      emulator.controls.faults.add({ kind: "drop-after", route: "createKey" });
      project.program('new ApiKey("bot", { budget: 1 });');
      expect(await watch.see(project.up())).toMatchObject({ ok: true });
      expect(members(emulator)).toHaveLength(1);
      const methods = emulator.controls.requests().map(({ method }) => method);
      expect(methods.filter((method) => method === "POST")).toHaveLength(2);
      expect(methods.filter((method) => method === "DELETE")).toHaveLength(1);
    }),
    CLI_TIMEOUT_MS,
  );

  test(
    "K15: K16: K17: a list that does not show a new key yet, a key that vanishes in the midst of its update, and lost deletes end well",
    play(async (project, watch) => {
      const { emulator } = project;
      const { controls } = emulator;
      const program = (budget: number): void =>
        project.program(`for (const name of ["a", "b"]) new ApiKey(name, { name, budget: ${budget} });`);
      program(1);
      expect(await watch.see(project.up())).toMatchObject({ ok: true });

      controls.faults.add({ kind: "stale", route: "listKeys", hideNewerThanMs: 3_600_000, times: "always" });
      expect(await watch.see(project.up("--refresh", "--expect-no-changes"))).toMatchObject({ ok: true });
      controls.faults.clear();

      program(2);
      const gone = { error: "API key not found" };
      controls.faults.add(about("a", { kind: "status", route: "updateKey", status: 404, body: gone }));
      const cut = await watch.see(project.up());
      expect(cut.ok).toBe(false);
      expect(cut.text).toContain(`was deleted on the platform, so it was not updated. ${nextOf("K16")}`);
      controls.deleteKey("a");
      expect(await watch.see(project.up())).toMatchObject({ ok: true });
      expect(
        members(emulator)
          .map(({ name, budget }) => [name, budget])
          .sort(),
      ).toEqual([
        ["a", 2],
        ["b", 2],
      ]);

      controls.faults.add({ kind: "drop-after", route: "deleteKey", times: 2 });
      expect(await watch.see(project.destroy())).toMatchObject({ ok: true });
      expect(members(emulator)).toEqual([]);
    }),
    CLI_TIMEOUT_MS,
  );
});
