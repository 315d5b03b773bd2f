import type { Connection } from "../api/connect";
import { happenedIn } from "../core/errors";
import type { ApiKeyInputs, ApiKeyState, PreviewInputs } from "../core/model";
import { DEFAULT_WARNINGS, type WarningSettings } from "../core/warning";
import { Account } from "./account";
import { type CheckResult, check } from "./check";
import type { Context } from "./context";
import { create } from "./create";
import { remove } from "./delete";
import { type DiffResult, diff } from "./diff";
import { type ReadResult, read } from "./read";
import { Stack } from "./stack";
import { Turns } from "./turns";
import { update } from "./update";
import { Warnings } from "./warnings";

/** The operations of the engine. Both front doors call only these. */
export interface Lifecycle {
  check(
    olds: Readonly<Record<string, unknown>>,
    news: Readonly<Record<string, unknown>>,
    /** The properties that the program marked as secret, unless `news` lists them. */
    secrets?: readonly string[],
  ): Promise<CheckResult>;
  diff(id: string, olds: unknown, news: PreviewInputs): Promise<DiffResult>;
  create(news: ApiKeyInputs): Promise<{ readonly id: string; readonly outs: ApiKeyState }>;
  read(id: string, props: unknown): Promise<ReadResult>;
  update(id: string, olds: unknown, news: ApiKeyInputs): Promise<{ readonly outs: ApiKeyState }>;
  delete(id: string, props: unknown): Promise<void>;
  /** The instant that dates are compared with, in milliseconds since 1970. */
  now(): number;
  /** Reports what is known only after all resources were seen. Never fails. */
  end(): Promise<void>;
}

export interface LifecycleOptions {
  readonly adminKey: string;
  readonly driftCheck: boolean;
  readonly accountId?: string | undefined;
  /** Replaces the clock, in milliseconds since 1970. */
  readonly instant?: number | undefined;
  readonly report: (line: string) => void;
  /** Default: every warning is reported, and unchanged keys cost no further call. */
  readonly warnings?: WarningSettings | undefined;
}

export function lifecycle(connection: Connection, options: LifecycleOptions): Lifecycle {
  const { instant, ...settings } = options;
  const now = instant === undefined ? connection.now : () => instant;
  const report = (line: string): void => options.report(connection.redactor.redact(line));
  const context: Context = {
    ...connection,
    ...settings,
    now,
    accountId: options.accountId,
    account: new Account(connection.keys, connection.backend, connection.now),
    report,
    warnings: new Warnings(options.warnings ?? DEFAULT_WARNINGS, report),
    stack: new Stack(connection.sleep),
    atEnd: [],
    doubts: [],
    renames: new Turns(),
  };
  return {
    check: (olds, news, secrets) => check(context, olds, news, secrets),
    diff: (id, olds, news) => diff(context, id, olds, news),
    create: (news) => create(context, news),
    read: (id, props) => read(context, id, props),
    update: (id, olds, news) => update(context, id, olds, news),
    delete: (id, props) => remove(context, id, props),
    now,
    end: () => end(context),
  };
}

async function end(context: Context): Promise<void> {
  const lines = context.atEnd
    .splice(0)
    .map((judge) =>
      judge().catch((error: unknown) => `Keys of this stack could not be looked up: ${happenedIn(error)}`),
    );
  for (const line of new Set(await Promise.all(lines))) if (line !== undefined) context.report(line);
}

export type { CheckResult, DiffResult, ReadResult };
