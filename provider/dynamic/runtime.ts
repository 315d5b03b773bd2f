import { connect } from "../api/connect";
import type { AixplainError, Problem } from "../core/errors";
import type { ApiKeyInputs, ApiKeyState, PreviewInputs } from "../core/model";
import { Redactor } from "../core/secret";
import { presentable, UnexpectedError } from "../core/unexpected";
import { PartialError } from "../lifecycle/errors";
import { type Lifecycle, lifecycle } from "../lifecycle/lifecycle";
import { resolveSettings } from "../settings";
import { failuresOf } from "./failures";
import { MemoryProvider } from "./memory";

type Properties = Readonly<Record<string, unknown>>;

interface HostConfig {
  get(key: string): string | undefined;
}

const withoutProvider = (properties: Properties | undefined): Properties => {
  const { __provider: _, ...rest } = properties ?? {};
  return rest;
};

/**
 * The host adds `__provider` to results, but not to a `PartialError`. Without it in the state, no later operation finds
 * the provider.
 */
async function withProvider<T>({ __provider }: Properties, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PartialError) Object.assign(error.properties, { __provider });
    throw error;
  }
}

/** Output of the process appears in the engine's diagnostics. */
const report = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The host prints the error with its stack for some operations and nothing for others, so the repeated line only points
 * to the diagnostic of the resource.
 */
function pointing(error: AixplainError): AixplainError {
  error.stack = "see the error of the resource";
  return Object.defineProperty(error, "toString", { value: () => error.name, enumerable: false });
}

export class DynamicProvider {
  private config: HostConfig = { get: () => undefined };
  private running: Lifecycle | undefined;
  private redactor = new Redactor();
  /** A thousand keys may hit the same bug: print its stack once. */
  private readonly printed = new Set<string>();

  /** Synchronous: the host starts other operations without waiting. */
  configure({ config }: { readonly config: HostConfig }): void {
    this.config = config;
    this.running = undefined;
  }

  check(olds: Properties, news: Properties): Promise<{ inputs?: PreviewInputs; failures: Problem[] }> {
    return this.run(async (life) => {
      const { inputs, failures } = await life.check(withoutProvider(olds), withoutProvider(news));
      return { ...(inputs ? { inputs } : {}), failures: failuresOf(failures) };
    });
  }

  diff(id: string, olds: Properties, news: Properties): Promise<object> {
    return this.run(async (life) => {
      const { changes, replaces, deleteBeforeReplace } = await life.diff(
        id,
        olds,
        withoutProvider(news) as unknown as PreviewInputs,
      );
      return { changes, replaces: [...replaces], deleteBeforeReplace };
    });
  }

  create(news: Properties): Promise<{ id: string; outs: ApiKeyState }> {
    return this.run((life) =>
      withProvider(news, life.create(withoutProvider(news) as unknown as ApiKeyInputs)),
    );
  }

  read(id: string, props: Properties): Promise<{ id: string; props?: ApiKeyState; inputs?: ApiKeyInputs }> {
    return this.run((life) => life.read(id, withoutProvider(props)));
  }

  update(id: string, olds: Properties, news: Properties): Promise<{ outs: ApiKeyState }> {
    return this.run((life) =>
      withProvider(news, life.update(id, olds, withoutProvider(news) as unknown as ApiKeyInputs)),
    );
  }

  delete(id: string, props: Properties): Promise<void> {
    return this.run((life) => life.delete(id, props));
  }

  async end(): Promise<void> {
    await this.running?.end();
  }

  /** Settings are resolved on first use, so that a missing one fails the operation with a clear message. */
  private async run<T>(work: (life: Lifecycle) => Promise<T>): Promise<T> {
    try {
      this.running ??= this.start();
      return await work(this.running);
    } catch (error) {
      throw pointing(this.presented(error));
    }
  }

  /** The host prints no stack for a create or an update. */
  private presented(error: unknown): AixplainError {
    const shown = presentable(error, this.redactor);
    if (shown instanceof PartialError) {
      shown.reasons.splice(0, Infinity, ...shown.reasons.map((each) => this.redactor.redact(each)));
    }
    if (shown instanceof UnexpectedError && !this.printed.has(String(shown.stack))) {
      this.printed.add(String(shown.stack));
      report(`The stack of the unexpected error:\n${shown.stack}`);
    }
    return shown;
  }

  private start(): Lifecycle {
    const settings = resolveSettings({ config: (key) => this.config.get(key), env: process.env });
    const connection = connect(settings, { report, trace: settings.debug ? report : undefined });
    this.redactor = connection.redactor;
    const { apiKey: adminKey, driftCheck, accountId, now: instant, warnings } = settings;
    return lifecycle(connection, { adminKey, driftCheck, accountId, instant, report, warnings });
  }
}

export const provider = new DynamicProvider();

export const rotationMemory = new MemoryProvider(report);

// The engine sends SIGINT and waits some seconds (measured with CLI 3.259: 4.8 s). An older one kills at once.
process.once("SIGINT", () => {
  void provider.end().finally(() => process.exit(0));
});
