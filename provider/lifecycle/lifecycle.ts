import type { Connection } from "../api/connect";
import type { ApiKeyInputs, ApiKeyState, PreviewInputs } from "../core/model";
import { Account } from "./account";
import { type CheckResult, check } from "./check";
import type { Context } from "./context";
import { create } from "./create";
import { remove } from "./delete";
import { type DiffResult, diff } from "./diff";
import { type ReadResult, read } from "./read";
import { update } from "./update";

/** The life of a key, in the engine's own verbs. Both front doors speak to this and to nothing below it. */
export interface Lifecycle {
  check(
    olds: Readonly<Record<string, unknown>>,
    news: Readonly<Record<string, unknown>>,
  ): Promise<CheckResult>;
  diff(id: string, olds: unknown, news: PreviewInputs): Promise<DiffResult>;
  create(news: ApiKeyInputs): Promise<{ readonly id: string; readonly outs: ApiKeyState }>;
  read(id: string, props: unknown): Promise<ReadResult>;
  update(id: string, olds: unknown, news: ApiKeyInputs): Promise<{ readonly outs: ApiKeyState }>;
  delete(id: string, props: unknown): Promise<void>;
}

export interface LifecycleOptions {
  readonly adminKey: string;
  readonly driftCheck: boolean;
  readonly report: (line: string) => void;
}

/** One lifecycle per provider process: what it learns of the account serves every resource of the run. */
export function lifecycle(connection: Connection, options: LifecycleOptions): Lifecycle {
  const context: Context = {
    ...connection,
    ...options,
    account: new Account(connection.keys, connection.now),
    report: (line) => options.report(connection.redactor.redact(line)),
    managedNames: new Set(),
    reservedNames: new Set(),
  };
  return {
    check: (olds, news) => check(context, olds, news),
    diff: (id, olds, news) => diff(context, id, olds, news),
    create: (news) => create(context, news),
    read: (id, props) => read(context, id, props),
    update: (id, olds, news) => update(context, id, olds, news),
    delete: (id, props) => remove(context, id, props),
  };
}

export type { CheckResult, DiffResult, ReadResult };
