import { createEmulator, type EmulatorOptions, type InProcessEmulator } from "../../emulator/src/index";
import type { WireKey, WireUsage } from "../../emulator/src/wire/shapes";

export const GUIDE_MODEL = "6661df926d36df3b878e0697";
export const SECOND_MODEL = "640b517694bf816d35a59125";
export const MINI = { id: "669a63646eb56306647e1091", path: "openai/gpt-4o-mini/openai" };
export const ADMIN_KEY = "admin-key-0123456789";
export const NOON = Date.parse("2026-03-10T12:00:00.000Z");

export interface Reply<T> {
  status: number;
  headers: Record<string, string | number | string[] | undefined>;
  text: string;
  json: T;
}

export interface Failure {
  statusCode: number;
  message: string;
  error: string;
  problems: { path: string; message: string }[];
  limit: {
    scope: string;
    assetId: string | null;
    limit: string;
    value: number;
    used: number;
    freesAt: string;
  };
  limits: { scope: string; limit: string }[];
}

export interface RunReply extends Failure {
  status: string;
  completed: boolean;
  data: string;
  url: string;
  usedCredits: number;
  details: { index: number; message: object; finish_reason: string }[];
  asset: { assetId: string; id: string };
  requestId: string;
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

/** An emulator that stands still at noon, counts its ids, and checks each of its own answers. */
export async function rehearse(options: EmulatorOptions = {}) {
  let ids = 0;
  let seed = 1;
  const emulator = await createEmulator({
    adminKey: ADMIN_KEY,
    checkAnswers: true,
    clock: { now: () => NOON },
    ids: () => `id-${++ids}`,
    random: (bytes) =>
      Uint8Array.from({ length: bytes }, () => {
        seed = (seed * 16_807) % 2_147_483_647;
        return seed & 255;
      }),
    ...options,
  });
  return new Rehearsal(emulator);
}

export class Rehearsal {
  constructor(readonly emulator: InProcessEmulator) {}

  get controls() {
    return this.emulator.controls;
  }

  async call<T>(
    method: "GET" | "POST" | "PUT" | "DELETE",
    url: string,
    accessKey: string | undefined,
    payload?: object | string,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const {
      statusCode,
      headers: answered,
      body,
    } = await this.emulator.inject({
      method,
      url,
      headers: {
        ...(accessKey === undefined ? {} : { "x-api-key": accessKey }),
        ...(typeof payload === "string" ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: statusCode, headers: answered, text: body, json: parse(body) as T };
  }

  admin<T = WireKey & Failure>(
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    body?: object | string,
  ) {
    return this.call<T>(method, path, ADMIN_KEY, body);
  }

  async newKey(name: string, body: object = {}): Promise<WireKey> {
    const { status, json } = await this.admin("POST", "/sdk/api-keys", { ...body, name });
    if (status !== 201) throw new Error(`no key: ${json.message}`);
    return json;
  }

  run(accessKey: string, body: object = { data: "hello", max_tokens: 0 }, model = GUIDE_MODEL) {
    return this.call<RunReply>("POST", `/api/v2/execute/${model}`, accessKey, body);
  }

  async usage(id: string): Promise<WireUsage[]> {
    return (await this.admin<WireUsage[]>("GET", `/sdk/api-keys/${id}/usage-limits`)).json;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const limits = (given: object = {}) => ({
  tpm: null,
  tpd: null,
  rpm: null,
  rpd: null,
  tokenType: null,
  ...given,
});
