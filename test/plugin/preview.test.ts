import proto from "@pulumi/pulumi/proto/provider_pb";
import { type Emulator, startEmulator } from "aixplain-emulator";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { EngineLog } from "../harness/engine-log";
import { PluginProcess } from "../harness/plugin-process";
import { GUIDE_MODEL, MINI } from "../harness/stage";

type Values = Record<string, unknown>;

const URN = "urn:pulumi:test::project::aixplain:index:ApiKey::bot";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const NOW = "2099-01-31T12:00:00Z";
/** What nobody knows before the key is there. */
const AT_CREATION = ["__account", "accessKey", "accessKeyHint"];

const toStruct = (values: object): Struct => Struct.fromJavaScript(values as never);

/** One declaration and what it becomes. */
const ROWS: readonly (readonly [title: string, first: Values, second: Values])[] = [
  ["nothing but limits", { globalLimits: { requestsPerDay: 5 } }, {}],
  ["a budget and an expiry", { budget: 1.5, expiresAt: "2099-12-31" }, { budget: 0 }],
  [
    "models by path and by id",
    { assetLimits: [{ model: MINI.path, requestsPerDay: 3 }] },
    {
      assetLimits: [
        { model: MINI.path, requestsPerDay: 4 },
        { model: GUIDE_MODEL, tokensPerMinute: 2, tokenType: "input" },
      ],
    },
  ],
  ["a name that changes", { name: "one" }, { name: "two", rotationTrigger: "a" }],
  ["suspension", { expiresAt: "2099-12-31" }, { expiresAt: "2099-12-31", suspended: true }],
  [
    "a boost that is in force",
    { globalLimits: { tokensPerDay: 5 } },
    { globalLimits: { tokensPerDay: 5 }, boost: { until: "2099-02-01", globalLimits: { tokensPerDay: 50 } } },
  ],
  ["a policy", { deletionPolicy: "keep" }, { deletionPolicy: "expire" }],
];

describe("the outputs that a preview tells are those of the update:", () => {
  let emulator: Emulator;
  let log: EngineLog;
  const started: PluginProcess[] = [];
  beforeEach(async () => {
    emulator = await startEmulator();
    emulator.controls.clock.set(NOW);
    log = await EngineLog.start();
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((plugin) => plugin.stop()));
    log.stop();
    await emulator.close();
  });

  /** A process of its own, as the engine has one for the preview and another for the update. */
  async function newRun(): Promise<PluginProcess> {
    const config = JSON.stringify({ apiKey: emulator.adminKey, backendUrl: emulator.url, now: NOW });
    const plugin = await PluginProcess.start(log.address, { PULUMI_CONFIG: config });
    started.push(plugin);
    const request = new proto.ConfigureRequest().setName("default").setArgs(toStruct({}));
    await plugin.call<proto.ConfigureResponse>((client, done) => client.configure(request, done));
    return plugin;
  }

  async function checked(plugin: PluginProcess, olds: Values, news: Values): Promise<Struct> {
    const request = new proto.CheckRequest().setUrn(URN).setOlds(toStruct(olds)).setNews(toStruct(news));
    const answer = await plugin.call<proto.CheckResponse>((client, done) => client.check(request, done));
    expect(answer.getFailuresList()).toEqual([]);
    return answer.getInputs() ?? toStruct({});
  }

  const valuesOf = (answer: { getProperties(): Struct | undefined }): Values =>
    answer.getProperties()?.toJavaScript() ?? {};

  test.each(ROWS)("%s", async (_, first, second) => {
    const create = async (preview: boolean) => {
      const plugin = await newRun();
      const inputs = await checked(plugin, {}, first);
      const request = new proto.CreateRequest().setUrn(URN).setProperties(inputs).setPreview(preview);
      return plugin.call<proto.CreateResponse>((client, done) => client.create(request, done));
    };
    const planned = valuesOf(await create(true));
    expect(emulator.controls.keys()).toHaveLength(1);
    const created = await create(false);
    const outputs = valuesOf(created);
    const known = Object.entries(outputs).filter(([key]) => !AT_CREATION.includes(key));
    expect(planned).toEqual({
      ...Object.fromEntries(known),
      ...Object.fromEntries(AT_CREATION.map((key) => [key, expect.anything()])),
    });
    expect(AT_CREATION.filter((key) => !JSON.stringify(planned[key]).includes(UNKNOWN))).toEqual([]);

    const update = async (preview: boolean) => {
      const plugin = await newRun();
      const inputs = await checked(plugin, first, second);
      const request = new proto.UpdateRequest()
        .setId(created.getId())
        .setUrn(URN)
        .setOlds(toStruct(outputs))
        .setNews(inputs)
        .setPreview(preview);
      return plugin.call<proto.UpdateResponse>((client, done) => client.update(request, done));
    };
    const expected = valuesOf(await update(true));
    expect(expected).toEqual(valuesOf(await update(false)));
  });
});
