import type { EmulatorControls, EmulatorOptions } from "../../emulator/src/index";
import type { WarningSettings } from "../../provider/core/warning";
import type { FrontDoor } from "./front-door";

export interface RunSettings {
  readonly apiKey?: string;
  readonly backendUrl?: string;
  readonly driftCheck?: boolean;
  /** The instant that dates are judged by, in ISO 8601. */
  readonly now?: string;
  /** Default: as without any setting. Heeded where the lifecycle runs in this process. */
  readonly warnings?: WarningSettings;
}

export interface Stage {
  readonly controls: EmulatorControls;
  readonly adminKey: string;
  /** Everything that must never be seen: the admin key, and every access key that the platform ever made. */
  secrets(): readonly string[];
  now(): number;
  readonly url: string;
  /** Begins a run as a new provider process does: what the last one learned is forgotten. */
  newRun(settings?: RunSettings): Promise<FrontDoor>;
  /** What the provider told the person at the terminal since the last {@link forgetTold}. */
  told(): string;
  forgetTold(): void;
  close(): Promise<void>;
}

const ADMIN_KEY = "canary-admin-7f3a9c51e0b84d26";
export const GUIDE_MODEL = "6661df926d36df3b878e0697";
export const MINI = { id: "669a63646eb56306647e1091", path: "openai/gpt-4o-mini/openai" };
export const BATCH = { id: "67fd9e2bef0365783d06e2f0", path: "aixplain/batch-model/emulator" };

/** A moment before any expiry that the tests declare, and the clock of every platform on a stage. */
const START = Date.parse("2026-03-10T12:00:00.000Z");

export interface Repeatable {
  readonly options: EmulatorOptions;
  /** The admin key, and every access key that the platform ever made, also those of keys that are gone. */
  readonly secrets: string[];
}

/** The same ids, keys and time on every stage, so that the answers of two front doors can be compared whole. */
export function repeatable(overrides: EmulatorOptions = {}): Repeatable {
  let ids = 0;
  const { adminKey = ADMIN_KEY } = overrides;
  const secrets = [adminKey];
  const random = (bytes: number): Uint8Array => {
    const count = secrets.length;
    const made = Uint8Array.from(
      { length: bytes },
      (_, at) => (count * 37 + at * 101 + ((count * at) % 7) + (count >> 3) * at) & 255,
    );
    secrets.push(Buffer.from(made).toString("hex"));
    return made;
  };
  const clock = { now: () => START };
  const options = { adminKey, clock, checkAnswers: true, ids: () => `id-${++ids}`, random };
  return { options: { ...options, ...overrides }, secrets };
}
