import * as pulumi from "@pulumi/pulumi";

/**
 * Requires that `aixplain:apiKey` is a secret in the stack's configuration: Pulumi writes the configuration of a
 * dynamic provider into the state. Inline programs of the Automation API cannot be checked.
 */
export function demandSecretSettings(): void {
  const secrets = process.env.PULUMI_CONFIG_SECRET_KEYS;
  if (secrets === undefined || new pulumi.Config("aixplain").get("apiKey") === undefined) return;
  const names: unknown = JSON.parse(secrets);
  if (Array.isArray(names) && names.includes("aixplain:apiKey")) return;
  throw new PlainAdminKeyError(
    "the stack setting aixplain:apiKey is not a secret, and Pulumi would write the admin key into the state in plain text. " +
      "Set it as a secret, then run again: pulumi config set --secret aixplain:apiKey. " +
      "If an update has already run, the state contains the key: replace the admin key on the platform",
  );
}

class PlainAdminKeyError extends pulumi.RunError {
  override readonly name = "PlainAdminKeyError";
}
