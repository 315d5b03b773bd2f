import { setImmediate as immediate } from "node:timers/promises";
import { createEmulator, type EmulatorOptions, type InProcessEmulator } from "../../emulator/src/index";
import { type Connection, connect } from "../../provider/api/connect";
import { ConnectionError } from "../../provider/api/errors";
import type { Transport } from "../../provider/api/http";
import type { ApiKeyInputs, PreviewInputs } from "../../provider/core/model";
import { type Lifecycle, lifecycle } from "../../provider/lifecycle/lifecycle";
import { type FrontDoor, type Properties, plain, Refusal, type Unfinished } from "./front-door";
import { GUIDE_MODEL, type RunSettings, repeatable, type Stage } from "./stage";

/** The stage without a port and without waiting: the lifecycle itself, in this process. */
export interface LifecycleStage extends Stage {
  /** How long the provider wanted to wait, each time, in milliseconds. The clock moved on instead. */
  readonly sleeps: number[];
  /** What happens on the platform before it takes a request of the provider, for instance somebody else's work. */
  meanwhile: ((request: WireRequest) => Promise<void>) | undefined;
  /** Lets somebody use a key: one run of a model. */
  use(accessKey: string): Promise<void>;
  call(accessKey: string): Promise<number>;
  /** What a program reads of the platform before it declares anything. */
  look(): ReturnType<Connection["keys"]["listWithDate"]>;
}

type WireRequest = Parameters<Transport>[0];

type Before = (request: WireRequest) => Promise<void>;

/** For how many turns of the event loop a pause lasts, whatever its length by the clock. */
const TURNS = 20;

const URL = "http://127.0.0.1:65535";

function into(emulator: InProcessEmulator, apiKey: string, before: Before): Transport {
  return async (request) => {
    const { method, path, body } = request;
    await before(request);
    const answer = await emulator
      .inject({
        method,
        url: path,
        headers: {
          "x-api-key": apiKey,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
      .catch((error: unknown) => {
        throw new ConnectionError({ method, path }, URL, false, "ECONNRESET (socket hang up)", {
          cause: error,
        });
      });
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    return { status: answer.statusCode, headers: Object.fromEntries(headers), body: answer.body };
  };
}

export async function lifecycleStage(options: EmulatorOptions = {}): Promise<LifecycleStage> {
  const { options: whole, secrets } = repeatable(options);
  const emulator = await createEmulator(whole);
  const { controls, adminKey } = emulator;
  const sleeps: number[] = [];
  // Slow on purpose, and the same in every run.
  const digests = new Map<string, string>();
  let lines: string[] = [];
  const connectionFor = (apiKey: string): Connection =>
    connect(
      { apiKey, backendUrl: URL },
      {
        transport: into(emulator, apiKey, async (request) => stage.meanwhile?.(request)),
        now: () => controls.clock.now(),
        sleep: async (ms) => {
          sleeps.push(ms);
          // What goes on beside it is done meanwhile.
          for (let turn = 0; turn < TURNS; turn += 1) await immediate();
          controls.clock.advance(ms);
        },
        random: () => 0.5,
      },
    );
  const call = async (accessKey: string): Promise<number> => {
    const { statusCode } = await emulator.inject({
      method: "POST",
      url: `/api/v2/execute/${GUIDE_MODEL}`,
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      payload: JSON.stringify({ data: "a question" }),
    });
    return statusCode;
  };
  const stage: LifecycleStage = {
    controls,
    adminKey,
    secrets: () => secrets,
    now: () => controls.clock.now(),
    url: URL,
    sleeps,
    newRun: async ({ apiKey = adminKey, driftCheck = true, now, warnings }: RunSettings = {}) => {
      const connection = connectionFor(apiKey);
      const { backend } = connection;
      const keyDigest = (): string => {
        const digest = digests.get(apiKey) ?? backend.keyDigest();
        digests.set(apiKey, digest);
        return digest;
      };
      const report = (line: string): void => void lines.push(line);
      return doorOf(
        lifecycle(
          { ...connection, backend: { ...backend, keyDigest } },
          {
            adminKey: apiKey,
            driftCheck,
            report,
            warnings,
            instant: now === undefined ? undefined : Date.parse(now),
          },
        ),
      );
    },
    told: () => lines.join("\n"),
    forgetTold: () => {
      lines = [];
    },
    meanwhile: undefined,
    call,
    use: async (accessKey) => {
      const status = await call(accessKey);
      if (status !== 200) throw new Error(`the run of a model was answered with ${status}`);
    },
    look: () => connectionFor(adminKey).keys.listWithDate(),
    close: () => emulator.close(),
  };
  return stage;
}

const isUnfinished = (error: Error): error is Error & Unfinished => "reasons" in error;

async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return plain(await work);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!isUnfinished(error)) throw new Refusal(error.message, undefined, { cause: error });
    const { id, properties, reasons } = error;
    throw new Refusal(error.message, plain({ id, properties, reasons }), { cause: error });
  }
}

const inputsOf = <T extends PreviewInputs>(properties: Properties): T => properties as unknown as T;

/** The lifecycle in the engine's words. Values go through JSON, as they go over the engine's wire. */
function doorOf(life: Lifecycle): FrontDoor {
  return {
    check: async (olds, news) => {
      const { inputs, failures } = await answered(life.check(plain(olds), plain(news)));
      const told = failures.map(({ property, reason }) => `${property} ${reason}`);
      return { ...(inputs ? { inputs: { ...inputs } } : {}), failures: told };
    },
    diff: async (id, olds, news) => {
      const { detail: _, ...answer } = await answered(life.diff(id, plain(olds), inputsOf(plain(news))));
      return answer;
    },
    create: async (news) => {
      const { id, outs } = await answered(life.create(inputsOf<ApiKeyInputs>(plain(news))));
      return { id, outs: { ...outs } };
    },
    read: async (id, outs) => {
      const { id: found, props, inputs } = await answered(life.read(id, plain(outs)));
      return {
        id: found,
        ...(props ? { props: { ...props } } : {}),
        ...(inputs ? { inputs: { ...inputs } } : {}),
      };
    },
    update: async (id, olds, news) => {
      const { outs } = await answered(life.update(id, plain(olds), inputsOf<ApiKeyInputs>(plain(news))));
      return { outs: { ...outs } };
    },
    delete: async (id, outs) => {
      await life.delete(id, plain(outs)).catch((error: unknown) => answered(Promise.reject(error)));
    },
    end: () => life.end(),
  };
}
