import { ensureAdminKey } from "./account/admin-key.js";
import { createControls, type EmulatorControls } from "./controls/controls.js";
import { plant, type Seed } from "./controls/seed.js";
import { EmulatorError } from "./errors.js";
import { type InjectedRequest, type InjectedResponse, injectInto } from "./http/in-memory-connection.js";
import { buildServer } from "./http/server.js";
import { type EmulatorOptions, type Settings, withDefaults } from "./options.js";
import { countTokens } from "./runs/tokenizer.js";
import { createService, type Service } from "./service.js";

export interface Emulator {
  /** For `BACKEND_URL`. */
  readonly url: string;
  /** For `MODELS_RUN_URL`: asynchronous runs. The SDK rewrites it to v2 for synchronous ones. */
  readonly modelsRunUrl: string;
  readonly syncRunUrl: string;
  readonly adminKey: string;
  readonly controls: EmulatorControls;
  readonly seeded: readonly { readonly name: string; readonly accessKey: string }[];
  close(): Promise<void>;
}

/** Without a port. A dropped connection rejects `inject` with the code `ECONNRESET`. */
export interface InProcessEmulator {
  readonly adminKey: string;
  readonly controls: EmulatorControls;
  inject(request: InjectedRequest): Promise<InjectedResponse>;
  close(): Promise<void>;
}

const CLOSING_GRACE_MS = 1_000;

async function assemble(options: EmulatorOptions) {
  const settings = withDefaults(options);
  const service = createService(settings);
  const controls = createControls(service);
  let adminKey: string;
  let seeded: ReturnType<typeof plantSeed> = [];
  try {
    adminKey = ensureAdminKey(service.account, settings).accessKey;
    if (settings.seed !== undefined) seeded = plantSeed(settings.seed, controls, service);
    await service.kept();
  } catch (error) {
    service.close();
    throw error;
  }
  const server = buildServer(service, controls);
  const close = async () => {
    // Requests in progress are answered. A request that is still arriving does not block the end.
    const cut = setTimeout(() => server.server.closeAllConnections(), CLOSING_GRACE_MS);
    await server.close().finally(() => clearTimeout(cut));
    await service.kept();
    service.close();
  };
  return { settings, adminKey, controls, seeded, server, close };
}

/** Starts an emulator on HTTP, by default on a free port of loopback. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { settings, adminKey, controls, seeded, server, close } = await assemble(options);
  countTokens("loaded");
  let url: string;
  try {
    url = await server.listen({ port: settings.port, host: settings.host });
  } catch (error) {
    await close();
    throw listenError(error, settings);
  }
  return {
    url,
    modelsRunUrl: `${url}/api/v1/execute`,
    syncRunUrl: `${url}/api/v2/execute`,
    adminKey,
    controls,
    seeded,
    close,
  };
}

/** An emulator without a port, for tests without an HTTP client. */
export async function createEmulator(options: EmulatorOptions = {}): Promise<InProcessEmulator> {
  const { adminKey, controls, server, close } = await assemble(options);
  await server.ready();
  return {
    adminKey,
    controls,
    inject: (request) => injectInto(server.server, request),
    close,
  };
}

function plantSeed(seed: Seed, controls: EmulatorControls, { account, clock }: Service) {
  try {
    return plant(seed, controls, account, clock);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EmulatorError(`the seed cannot be used: ${why}`, { cause: error });
  }
}

function listenError(error: unknown, { host, port }: Settings): EmulatorError {
  const code = (error as { code?: unknown }).code;
  const why =
    code === "EADDRINUSE"
      ? "the port is in use; choose another one, or 0 for a free one"
      : error instanceof Error
        ? error.message
        : String(error);
  return new EmulatorError(`cannot listen on ${host}:${port}: ${why}`, { cause: error });
}
