import { EmulatorError } from "../errors.js";
import type { Account } from "./account.js";
import { type ApiKey, newAccessKey } from "./api-key.js";

export interface AdminKeySettings {
  readonly adminKey?: string | undefined;
  readonly random: (bytes: number) => Uint8Array;
}

/** The account's own key, which the API refuses to delete. An explicitly given key replaces the stored one. */
export function ensureAdminKey(account: Account, settings: AdminKeySettings): ApiKey {
  const { adminKey = newAccessKey(settings.random) } = settings;
  const owner = account.find(account.accessKeys.ownerOf(adminKey) ?? "");
  if (owner !== undefined && !owner.isAdmin) {
    throw new EmulatorError(
      `the admin key is already the access key of the key ${JSON.stringify(owner.name)}`,
    );
  }
  const kept = account.list().find(({ isAdmin }) => isAdmin);
  if (kept !== undefined) {
    const isOther = settings.adminKey !== undefined && kept.accessKey !== settings.adminKey;
    return isOther ? account.replaceSecret(kept.id, settings.adminKey ?? "") : kept;
  }
  const declaration = { name: "Admin", budget: null, globalLimits: null, assetsLimits: [], expiresAt: null };
  return account.create(declaration, { accessKey: adminKey, isAdmin: true });
}
