import { connect } from "../api/connect";
import type { AixplainError, Problem } from "../core/errors";
import type { ApiKeyInputs, ApiKeyState, PreviewInputs } from "../core/model";
import { Redactor } from "../core/secret";
import { presentable, UnexpectedError } from "../core/unexpected";
import { PartialError } from "../lifecycle/errors";
import { type Lifecycle, lifecycle } from "../lifecycle/lifecycle";
import { resolveSettings } from "../settings";

/** The words that Pulumi's dynamic provider host speaks. `__provider` comes and goes with every set of properties. */
type Properties = Readonly<Record<string, unknown>>;

interface HostConfig {
  get(key: string): string | undefined;
}

const withoutProvider = (properties: Properties | undefined): Properties => {
  const { __provider: _, ...rest } = properties ?? {};
  return rest;
};

/**
 * The host adds `__provider` to what a verb answers, and forgets it where a key was made but is not as declared: without
 * it in the state neither a refresh nor a destroy finds the provider of that key again.
 */
async function withProvider<T>({ __provider }: Properties, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PartialError) Object.assign(error.properties, { __provider });
    throw error;
  }
}

/** What the process prints appears among the diagnostics of the preview or the update. */
const report = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * An error as the host may show it. The engine shows the message with the resource; of some verbs the host prints the
 * error and its stack besides, of others nothing: here that line only points to the other one.
 */
function pointing(error: AixplainError): AixplainError {
  error.stack = "see the error of the resource";
  return Object.defineProperty(error, "toString", { value: () => error.name, enumerable: false });
}

/** The entry point inside the provider process: `pulumi-aixplain/runtime`, named by the stub in the state. */
export class DynamicProvider {
  private config: HostConfig = { get: () => undefined };
  private running: Lifecycle | undefined;
  private redactor = new Redactor();
  /** Stacks that were printed: a thousand keys meet the same bug. */
  private readonly printed = new Set<string>();

  /** Synchronous on purpose: the host does not hold other operations back while it waits for this one. */
  configure({ config }: { readonly config: HostConfig }): void {
    this.config = config;
    this.running = undefined;
  }

  check(olds: Properties, news: Properties): Promise<{ inputs?: PreviewInputs; failures: Problem[] }> {
    return this.run(async (life) => {
      const { inputs, failures } = await life.check(withoutProvider(olds), withoutProvider(news));
      // With a property the engine prints its value as well: `{<nil>}` for a nested one, and a secret in clear text.
      const told = failures.map(({ property, reason }) => ({
        property: "",
        reason: `${property} ${reason}`,
      }));
      return { ...(inputs ? { inputs } : {}), failures: told };
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

  /** The engine ends the process at the end of a run: what can be judged only then is told, and shown with the rest. */
  async end(): Promise<void> {
    await this.running?.end();
  }

  /** Settings are looked up on first use, so that a missing one fails the operation that needs it, with its own words. */
  private async run<T>(work: (life: Lifecycle) => Promise<T>): Promise<T> {
    try {
      this.running ??= this.start();
      return await work(this.running);
    } catch (error) {
      throw pointing(this.told(error));
    }
  }

  /** The stack of a bug is printed here: the host prints none for a create or an update. */
  private told(error: unknown): AixplainError {
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
    const { apiKey: adminKey, driftCheck, accountId, now: instant } = settings;
    return lifecycle(connection, { adminKey, driftCheck, accountId, instant, report });
  }
}

/** The one provider of the process. */
export const provider = new DynamicProvider();

// The engine sends SIGINT and waits some seconds (measured with CLI 3.259: 4.8 s). An older one kills at once.
process.once("SIGINT", () => {
  void provider.end().finally(() => process.exit(0));
});
