import type { ServiceError } from "@grpc/grpc-js";
import type { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { type Connection, connect } from "../api/connect";
import { axiosTransport } from "../api/http";
import { SettingsError } from "../core/errors";
import { Redactor } from "../core/secret";
import { type Lifecycle, lifecycle } from "../lifecycle/lifecycle";
import type { Cancellation } from "./cancellation";
import { type Surroundings, settingsOf } from "./config";
import { toServiceError } from "./errors";
import { Functions } from "./functions";
import type { ResourceLog } from "./log";
import { ACCESS_KEYS, accessKeysOf } from "./read";
import { ApiKeyResource } from "./resource";
import { Received } from "./values";

/** Shorter waits are not shown, in milliseconds. */
const TOLD_WAIT_MS = 1_000;

interface Configured {
  readonly connection: Connection;
  readonly functions: Functions;
  readonly life: Lifecycle;
  readonly apiKeys: ApiKeyResource;
}

export class Plugin {
  private configured: Configured | undefined;
  private readonly reportedStacks = new Set<string>();

  constructor(
    readonly around: Surroundings,
    readonly log: ResourceLog,
    private readonly cancellation: Cancellation,
  ) {}

  /** @throws SettingsError with everything that is missing or invalid */
  configure(request: ConfigureRequest): void {
    const given = Received.from(request.getArgs()).values;
    // Older engines send no name.
    const settings = settingsOf(request.getName() ?? "default", given, this.around);
    const {
      apiKey,
      backendUrl: baseUrl,
      timeoutMs,
      driftCheck,
      accountId,
      now: instant,
      warnings,
    } = settings;
    const report = (line: string): void => this.log.write("warning", line);
    const connection = connect(settings, {
      report,
      waitsEndBy: "press Ctrl-C",
      trace: settings.debug ? (line) => this.log.write("info", line) : undefined,
      transport: this.cancellation.over(axiosTransport({ baseUrl, apiKey, timeoutMs })),
      sleep: (ms) => this.wait(ms),
    });
    const accessKeys = accessKeysOf(this.around.env[ACCESS_KEYS]);
    for (const each of accessKeys) connection.redactor.add(each);
    const life = lifecycle(connection, {
      adminKey: apiKey,
      driftCheck,
      accountId,
      instant,
      report,
      warnings,
    });
    const apiKeys = new ApiKeyResource({ life, connection, log: this.log, accessKeys });
    const functions = new Functions(connection, report);
    this.configured = { connection, functions, life, apiKeys };
  }

  get apiKeys(): ApiKeyResource {
    return this.demandConfigured().apiKeys;
  }

  get functions(): Functions {
    return this.demandConfigured().functions;
  }

  /** Shows the stack of a bug once: a thousand keys may hit the same one. */
  refusal(error: unknown): Partial<ServiceError> {
    const redactor = this.configured?.connection.redactor ?? new Redactor();
    return toServiceError(error, redactor, (stack) => {
      if (this.reportedStacks.has(stack)) return;
      this.reportedStacks.add(stack);
      this.log.write("warning", `The stack of the unexpected error:\n${stack}`);
    });
  }

  cancel(): void {
    this.cancellation.cancel();
  }

  async end(): Promise<void> {
    await this.log.during("", async () => this.configured?.life.end());
  }

  private demandConfigured(): Configured {
    if (this.configured) return this.configured;
    throw new SettingsError("The aiXplain provider was called before it was configured.");
  }

  private async wait(ms: number): Promise<void> {
    if (ms >= TOLD_WAIT_MS) {
      this.log.status(
        `waiting ${Math.ceil(ms / 1000)} s before the next call, because of the rate limit or a failed call`,
      );
    }
    await this.cancellation.sleep(ms);
  }
}
