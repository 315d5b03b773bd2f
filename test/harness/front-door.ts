/** A front door of the provider as the Pulumi engine sees it: its verbs, whatever stands behind them. */

export type Properties = Readonly<Record<string, unknown>>;

export interface CheckAnswer {
  readonly inputs?: Properties;
  /** `<property path> <reason>`, one for each thing that is wrong. */
  readonly failures: readonly string[];
}

export interface DiffAnswer {
  readonly changes: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface ReadAnswer {
  readonly id: string;
  readonly props?: Properties;
  readonly inputs?: Properties;
}

export interface FrontDoor {
  check(olds: Properties, news: Properties): Promise<CheckAnswer>;
  diff(id: string, olds: Properties, news: Properties): Promise<DiffAnswer>;
  create(news: Properties): Promise<{ readonly id: string; readonly outs: Properties }>;
  read(id: string, outs: Properties): Promise<ReadAnswer>;
  update(id: string, olds: Properties, news: Properties): Promise<{ readonly outs: Properties }>;
  delete(id: string, outs: Properties): Promise<void>;
  /** The end of the run: what can be judged only then is told. */
  end(): Promise<void>;
}

export type Verb = Exclude<keyof FrontDoor, "end">;

/** A key that exists but is not as declared: the engine keeps it in the state and repairs it in the next update. */
export interface Unfinished {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
}

export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    message: string,
    readonly unfinished?: Unfinished,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What survives the engine's wire: `undefined` does not. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const outcome = await work.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ("error" in outcome && outcome.error instanceof Refusal) return outcome.error;
  if ("error" in outcome) throw outcome.error;
  throw new Error(`expected a refusal, got ${JSON.stringify(outcome.answer)}`);
}
