import type { Fault } from "../../emulator/src/index";
import { plain, Refusal } from "../harness/front-door";
import { HostProcess } from "../harness/host-process";
import { type HostStage, hostStage } from "../harness/host-stage";
import { FULL } from "../harness/scenarios";
import { Resource } from "../harness/stack";

let host: HostProcess;
let stage: HostStage;
beforeAll(async () => {
  host = await HostProcess.start();
});
afterAll(() => host.stop());
beforeEach(async () => {
  stage = await hostStage(host);
});
afterEach(() => stage.close());

/** All that came out of work that may fail: the message, the properties of a key that is kept, stdout and stderr. */
async function everythingSaid(work: Promise<unknown>): Promise<string> {
  const said = await work.then(
    () => "",
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      const { accessKey: _, ...properties } = error.unfinished?.properties ?? {};
      return `${error.message}\n${error.stack}\n${JSON.stringify({ ...error.unfinished, properties })}\n${String(error.cause)}`;
    },
  );
  return `${said}\n${stage.told()}`;
}

function expectNoSecret(said: string): void {
  for (const secret of stage.secrets()) {
    // Not even most of it: a half is enough to guess by.
    for (const part of [secret, secret.slice(0, 16), secret.slice(-16)]) expect(said).not.toContain(part);
  }
}

type Verb = "diff" | "update" | "read" | "delete";

const WORK: Readonly<
  Record<Verb, { readonly route: Fault["route"]; readonly act: (key: Resource) => Promise<unknown> }>
> = {
  diff: { route: "listKeys", act: (key) => key.preview(FULL) },
  update: { route: "updateKey", act: (key) => key.up({ ...FULL, budget: 1 }) },
  read: { route: "listKeys", act: (key) => key.refresh() },
  delete: { route: "deleteKey", act: (key) => key.destroy() },
};
const VERBS = Object.keys(WORK) as Verb[];

describe("no secret leaves the host but in the property that is one", () => {
  test("in a whole life of a key with drift, failures and a repair", async () => {
    const key = new Resource(await stage.newRun());
    stage.controls.faults.add({ kind: "ignore-fields", route: "createKey", fields: ["budget"] });
    const said = [await everythingSaid(key.up(FULL))];
    stage.controls.updateKey("full", { expiresAt: null });
    key.door = await stage.newRun();
    said.push(await everythingSaid(key.preview(FULL)), await everythingSaid(key.up(FULL)));
    for (const kind of ["drop-before", "drop-after"] as const) {
      stage.controls.faults.add({ kind, route: "updateKey", times: "always" });
      said.push(await everythingSaid(key.up({ ...FULL, budget: 3 })));
      stage.controls.faults.clear();
    }
    said.push(await everythingSaid(key.refresh()), await everythingSaid(key.destroy()));
    // What is searched is there to be searched.
    expect(said.join()).toMatch(/did not apply every property[\s\S]*Drift:[\s\S]*ECONNRESET/);
    expectNoSecret(said.join());
    expect(stage.secrets().length).toBeGreaterThan(1);
  });

  test("the state holds an access key in `accessKey`, and the admin key nowhere", async () => {
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    await key.up({ ...FULL, budget: 2 });
    await key.refresh();
    const { accessKey, ...outs } = key.held?.outs ?? {};
    expect(stage.secrets()).toContain(accessKey);
    expect(accessKey).not.toBe(stage.adminKey);
    expectNoSecret(JSON.stringify(plain({ inputs: key.held?.inputs, outs })));
  });

  test.each(VERBS)("where the platform quotes the keys in an error: %s", async (verb) => {
    const { route, act } = WORK[verb];
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    key.door = await stage.newRun();
    const message = `key ${key.accessKey} by ${stage.adminKey}, again ${encodeURIComponent(stage.adminKey)}`;
    stage.controls.faults.add({ kind: "status", route, status: 400, body: { message } });
    const said = await everythingSaid(act(key));
    expect(said).toContain("answered 400 (key [secret] by [secret], again [secret])");
    expectNoSecret(said);
  });

  test.each(VERBS)("where a body that makes no sense is full of other people's keys: %s", async (verb) => {
    const { route, act } = WORK[verb];
    const key = new Resource(await stage.newRun());
    await key.up(FULL);
    const canary = "canary-of-somebody-else-0123456789";
    const bodies = [
      `<html>${canary}</html>`,
      `{"accessKey": "${canary}`,
      `{"items": [{"accessKey": "${canary}"}]}`,
    ];
    for (const body of bodies) {
      key.door = await stage.newRun();
      stage.controls.faults.add({ kind: "body", route, body, status: 400 });
      const said = await everythingSaid(act(key));
      expect(said).toContain("answered 400");
      expect(said).not.toContain("canary-of");
    }
  });

  test("where the settings are wrong, the admin key is not quoted to show what is wrong with it", async () => {
    const wrong = "canary-admin key with spaces";
    const key = new Resource(await stage.newRun({ apiKey: wrong }));
    const said = await everythingSaid(key.check({}));
    expect(said).toContain("copy it again");
    expect(said).not.toContain(wrong);
  });
});
