import { once } from "node:events";
import {
  ConfigureRequest,
  type ConfigureResponse,
  CreateRequest,
  type CreateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { startEmulator } from "aixplain-emulator";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { until } from "../cli/running";
import { EngineLog } from "../harness/engine-log";
import { PluginProcess } from "../harness/plugin-process";

const URN = "urn:pulumi:test::project::aixplain:index:ApiKey::key";

describe("the process of the plugin", () => {
  let log: EngineLog;
  beforeAll(async () => {
    log = await EngineLog.start();
  });
  afterAll(() => log.stop());

  const started: PluginProcess[] = [];
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<PluginProcess> => {
    const plugin = await PluginProcess.start(log.address, env);
    started.push(plugin);
    return plugin;
  };
  afterEach(() => Promise.all(started.splice(0).map((plugin) => plugin.stop())));

  test("starts in a quarter of a second or so", async () => {
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const begun = performance.now();
      const plugin = await start();
      times.push(performance.now() - begun);
      await plugin.stop();
    }
    // 0.18 s where nothing else runs; on a busy machine several times that.
    expect(Math.min(...times)).toBeLessThan(2_000);
  });

  test("ends when the engine's end of its input closes", async () => {
    const { child } = await start();
    const gone = once(child, "exit");
    child.stdin?.end();
    expect(await gone).toEqual([0, null]);
  });

  test("ends after the write that is under way then, and begins no other", async () => {
    const emulator = await startEmulator({ latencyMs: 300 });
    try {
      const config = JSON.stringify({ apiKey: emulator.adminKey, backendUrl: emulator.url });
      const plugin = await start({ PULUMI_CONFIG: config });
      const request = new ConfigureRequest().setName("default").setArgs(Struct.fromJavaScript({}));
      await plugin.call<ConfigureResponse>((client, done) => client.configure(request, done));
      const posts = () => emulator.controls.requests().filter(({ method }) => method === "POST").length;
      // Sixteen calls run at a time: when the first are answered, most of the others have not begun.
      const creates = Array.from({ length: 80 }, (_, n) => {
        const inputs = Struct.fromJavaScript({ name: `key-${n}` });
        const create = new CreateRequest().setUrn(URN).setProperties(inputs);
        return plugin
          .call<CreateResponse>((client, done) => client.create(create, done))
          .catch(() => undefined);
      });
      await until(() => posts() > 0, "the first creates are answered");
      const gone = once(plugin.child, "exit");
      plugin.child.stdin?.end();
      expect(await gone).toEqual([0, null]);
      await Promise.all(creates);
      const made = emulator.controls.keys().filter(({ isAdmin }) => !isAdmin).length;
      expect(made).toBe(posts());
      expect(made).toBeLessThan(80);
    } finally {
      await emulator.close();
    }
  });
});
