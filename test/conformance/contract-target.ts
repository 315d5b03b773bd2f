import { type Emulator, startEmulator } from "../../emulator/src/index";

/** What the contract is held against: the emulator in this process, or an account somewhere else. */
export interface ContractTarget {
  name: string;
  /** Whether keys may be created and deleted, and models run with them. */
  writes: boolean;
  /** Whether there is a model to limit and to run. */
  hasModel: boolean;
  start(): Promise<RunningTarget>;
}

export interface RunningTarget {
  backendUrl: string;
  /** Up to and including `/api`: `/v1/execute` and `/v2/execute` follow. */
  runsUrl: string;
  adminKey: string;
  model: { id: string; path: string | undefined } | undefined;
  pollEveryMs: number;
  stop(): Promise<void>;
}

const REAL_RUNS_URL = "https://models.aixplain.com/api";
const GUIDE_MODEL = { id: "6661df926d36df3b878e0697", path: "aixplain/guide-model/emulator" };

/**
 * The target that the environment asks for: `AIXPLAIN_CONTRACT_URL` and `AIXPLAIN_CONTRACT_KEY` (an admin key) name an account,
 * `AIXPLAIN_CONTRACT_WRITE=1` allows writes to it, `AIXPLAIN_CONTRACT_MODEL` and `AIXPLAIN_CONTRACT_MODEL_PATH` name a model of
 * it, `AIXPLAIN_CONTRACT_RUNS_URL` where models run.
 *
 * @throws when only half of it is there, or when a key would go out in clear text
 */
export function contractTarget(env: NodeJS.ProcessEnv): ContractTarget {
  const url = env.AIXPLAIN_CONTRACT_URL;
  const adminKey = env.AIXPLAIN_CONTRACT_KEY;
  if (!url && !adminKey) return emulatorTarget;
  if (!url || !adminKey) {
    throw new Error(
      "to hold the contract against an account, set both AIXPLAIN_CONTRACT_URL and AIXPLAIN_CONTRACT_KEY",
    );
  }
  const runsUrl = env.AIXPLAIN_CONTRACT_RUNS_URL ?? REAL_RUNS_URL;
  for (const address of [url, runsUrl]) refuseClearText(new URL(address));
  const id = env.AIXPLAIN_CONTRACT_MODEL;
  const model = id ? { id, path: env.AIXPLAIN_CONTRACT_MODEL_PATH } : undefined;
  return {
    name: `the account at ${new URL(url).host}`,
    writes: env.AIXPLAIN_CONTRACT_WRITE === "1",
    hasModel: model !== undefined,
    start: async () => ({
      backendUrl: url,
      runsUrl,
      adminKey,
      model,
      pollEveryMs: 1_000,
      stop: async () => {},
    }),
  };
}

const emulatorTarget: ContractTarget = {
  name: "the emulator",
  writes: true,
  hasModel: true,
  start: async () => {
    const emulator: Emulator = await startEmulator({ controls: true, checkAnswers: true });
    // Noon: no test can fall on the edge of a minute or a day.
    emulator.controls.clock.set("2024-11-15T12:00:30.000Z");
    const { url, adminKey } = emulator;
    return {
      backendUrl: url,
      runsUrl: `${url}/api`,
      adminKey,
      model: GUIDE_MODEL,
      pollEveryMs: 0,
      stop: () => emulator.close(),
    };
  },
};

function refuseClearText({ protocol, hostname, host }: URL): void {
  const isLoopback = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
  if (protocol === "https:" || (protocol === "http:" && isLoopback)) return;
  throw new Error(`the admin key would go to ${host} in clear text: use https`);
}
