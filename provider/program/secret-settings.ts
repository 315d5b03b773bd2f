import * as pulumi from "@pulumi/pulumi";

/**
 * Demands that the admin key is a secret where the stack's configuration has it: Pulumi writes the configuration of a
 * dynamic provider into the state, encrypted or not as it was set. Programs that the Automation API runs in its own
 * process cannot tell.
 */
export function demandSecretSettings(): void {
  const secrets = process.env.PULUMI_CONFIG_SECRET_KEYS;
  if (secrets === undefined || new pulumi.Config("aixplain").get("apiKey") === undefined) return;
  const names: unknown = JSON.parse(secrets);
  if (Array.isArray(names) && names.includes("aixplain:apiKey")) return;
  throw new PlainAdminKeyError(
    "the stack setting aixplain:apiKey is not a secret, and Pulumi would write the admin key into the state in clear text. " +
      "Set it as a secret, then run again: pulumi config set --secret aixplain:apiKey. " +
      "If an update has run with it before, the state holds it: replace the admin key on the platform",
  );
}

class PlainAdminKeyError extends pulumi.RunError {
  override readonly name = "PlainAdminKeyError";
}
