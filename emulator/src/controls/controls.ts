import type { Account } from "../account/account.js";
import { type AdminKeySettings, ensureAdminKey } from "../account/admin-key.js";
import { type ApiKey, type ApiKeyDeclaration, isAccessKey } from "../account/api-key.js";
import type { AdjustableClock, Instant } from "../account/clock.js";
import { toMillis } from "../account/clock.js";
import type { WrittenLimits } from "../account/limits.js";
import { badRequest } from "../errors.js";
import type { Platform, PlatformSettings } from "../wire/platform.js";
import { parseWriteBody, toDeclaration } from "../wire/write-body.js";
import type { Fault, Faults } from "./faults.js";
import type { LoggedRequest, RequestLog } from "./request-log.js";
import { restoreSnapshot, type Snapshot, takeSnapshot } from "./snapshot.js";

export interface KeyEdit {
  name?: string;
  budget?: number | null;
  globalLimits?: WrittenLimits | null;
  assetsLimits?: (WrittenLimits & { assetId: string })[];
  expiresAt?: Instant | null;
}

export interface EmulatorControls {
  readonly clock: {
    now(): number;
    /** Stops the clock at an instant. An earlier instant resets every window. */
    set(when: Instant): void;
    /** Moves the clock. A stopped clock stays stopped. */
    advance(millis: number): void;
    /** Lets the clock run in real time again. */
    release(): void;
  };
  readonly faults: { add(fault: Fault): void; list(): Fault[]; clear(): void };
  readonly requests: { (): LoggedRequest[]; clear(): void };
  /** With full `accessKey`: in-process only. */
  keys(): ApiKey[];
  /** Bypasses the API: no faults, no request log. */
  createKey(edit: KeyEdit & { name: string; isAdmin?: boolean; accessKey?: string }): ApiKey;
  updateKey(idOrName: string, edit: KeyEdit): ApiKey;
  deleteKey(idOrName: string): void;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** Resets account, clock, faults and log. Only the admin key remains. */
  reset(): void;
}

export interface ControlledPlatform extends Platform {
  readonly settings: PlatformSettings & AdminKeySettings & { readonly log?: (line: string) => void };
  readonly clock: AdjustableClock;
  readonly faults: Faults;
  readonly requests: RequestLog;
}

export function createControls(platform: ControlledPlatform): EmulatorControls {
  const { account, catalogue, clock, faults, requests, settings, pendingRuns } = platform;
  const find = (idOrName: string): ApiKey =>
    account.find(idOrName) ?? account.list().find(({ name }) => name === idOrName) ?? account.get(idOrName);
  const declare = (edit: KeyEdit, before?: ApiKey): ApiKeyDeclaration => {
    const { expiresAt, ...rest } = edit;
    const text =
      typeof expiresAt === "object" || typeof expiresAt === "number" ? isoOf(expiresAt) : expiresAt;
    const body = text === undefined ? rest : { ...rest, expiresAt: text };
    return toDeclaration(parseWriteBody(body, catalogue, before === undefined), before);
  };
  const moved = (move: () => void): void => {
    const before = clock.now();
    move();
    const now = clock.now();
    if (now < before) account.reopenWindows(now);
  };
  return {
    clock: {
      now: () => clock.now(),
      set: (when) => moved(() => clock.set(when)),
      advance: (millis) => moved(() => clock.advance(millis)),
      release: () => moved(() => clock.release()),
    },
    faults: { add: (fault) => faults.add(fault), list: () => faults.list(), clear: () => faults.clear() },
    requests: Object.assign(() => requests.list(), { clear: () => requests.clear() }),
    keys: () => account.list(),
    createKey: ({ isAdmin, accessKey, ...edit }) => {
      if (accessKey !== undefined) checkAccessKey(account, accessKey);
      return account.create(declare(edit), {
        ...(isAdmin === undefined ? {} : { isAdmin }),
        ...(accessKey === undefined ? {} : { accessKey }),
      });
    },
    updateKey: (idOrName, edit) => {
      const before = find(idOrName);
      return account.update(before.id, declare(edit, before));
    },
    deleteKey: (idOrName) => account.delete(find(idOrName).id),
    snapshot: () => takeSnapshot(platform),
    restore: (snapshot) => restoreSnapshot(platform, snapshot),
    reset: () => {
      const admin = ensureAdminKey(account, settings);
      account.load({ keys: [admin], ledgers: {} });
      clock.release();
      faults.clear();
      requests.clear();
      pendingRuns.clear();
      settings.log?.("reset: only the admin key remains");
    },
  };
}

function checkAccessKey({ accessKeys }: Account, accessKey: string): void {
  const message = !isAccessKey(accessKey)
    ? "is not an access key: use 12 or more printable ASCII characters, no spaces"
    : accessKeys.ownerOf(accessKey) !== undefined
      ? "belongs to another key"
      : undefined;
  if (message !== undefined) throw badRequest([{ path: "accessKey", message }]);
}

function isoOf(when: Instant | null): string | null {
  if (when === null) return null;
  try {
    return new Date(toMillis(when)).toISOString();
  } catch (error) {
    throw badRequest([{ path: "expiresAt", message: "is not a date and time" }], error);
  }
}
