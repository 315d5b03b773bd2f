import type { ApiKey } from "../account/api-key.js";
import { notFound } from "../errors.js";
import { type Call, type Operation, ok } from "./operation.js";
import { toWireKey, toWireUsage } from "./shapes.js";
import { parseWriteBody, toDeclaration } from "./write-body.js";

export const listKeys: Operation = (call) => ok(seen(call).map((key) => toWireKey(key, "masked")));

export const getKey: Operation = (call) => {
  const { platform } = call;
  const id = call.params.id ?? "";
  if (call.stale === undefined) return ok(toWireKey(listed(platform, id), "masked"));
  const key = seen(call).find((one) => one.id === id);
  if (key === undefined) throw notFound(`API key ${platform.account.redaction.quote(id)}`);
  return ok(toWireKey(key, "masked"));
};

export const createKey: Operation = ({ platform, body, ignoredFields }) => {
  const written = parseWriteBody(without(body, ignoredFields), platform.catalogue, true);
  const key = platform.account.create(toDeclaration(written));
  return { status: 201, body: toWireKey(key, "in full") };
};

export const updateKey: Operation = ({ platform, body, params, ignoredFields }) => {
  const { account, catalogue } = platform;
  const { absentFields, absentLimits } = account.assumptions;
  const before = listed(platform, params.id ?? "");
  const keeps = absentFields === "keep";
  const written = parseWriteBody(without(body, ignoredFields), catalogue, !keeps);
  const declared = toDeclaration(written, keeps ? before : undefined, absentLimits);
  const ignored = Object.fromEntries(ignoredFields.map((field) => [field, before[field as keyof ApiKey]]));
  return ok(toWireKey(account.update(before.id, { ...declared, ...ignored }), "masked"));
};

export const deleteKey: Operation = ({ platform, params }) => {
  platform.account.delete(listed(platform, params.id ?? "").id);
  return ok({});
};

export const keyUsage: Operation = ({ platform, params, now }) =>
  usageOf(platform, listed(platform, params.id ?? "").id, now);

export const ownUsage: Operation = ({ platform, caller, now }) => usageOf(platform, caller.id, now);

function usageOf({ account }: Call["platform"], id: string, now: number) {
  const ledger = account.ledger(id);
  ledger.roll(now);
  return ok(toWireUsage(ledger));
}

function listed({ account }: Call["platform"], id: string): ApiKey {
  const key = account.findListed(id);
  if (key === undefined) throw notFound(`API key ${account.redaction.quote(id)}`);
  return key;
}

function without(body: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0 || typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !fields.includes(name)));
}

/** The keys as this call sees them, which a fault may make stale. */
function seen({ platform: { account }, stale, now }: Call): ApiKey[] {
  const keys = account.listed();
  if (stale === undefined) return keys;
  const { hideNewerThanMs } = stale;
  if (hideNewerThanMs !== undefined)
    return keys.filter(({ createdAt }) => createdAt <= now - hideNewerThanMs);
  const newest = account.newestWrite;
  if (newest === undefined) return keys;
  const others = keys.filter(({ id }) => id !== newest.id);
  return newest.before === undefined ? others : [...others, newest.before];
}
