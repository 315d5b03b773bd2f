import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { formatSeed, identityOf } from "../core/auto-name";
import type { Problem } from "../core/errors";
import { AUTO_NAME } from "../core/model";
import { UNKNOWN } from "../core/unknown";
import { API_KEY_TYPE, DYNAMIC_TYPE } from "./tokens";
import type { Properties } from "./values";

const { Mode } = CheckRequest.AutonamingOptions;

/**
 * From the URN that the key has with the dynamic provider: a key that moves to the plugin keeps its sequence of names.
 */
export function seedOf(urn: string): string {
  const logicalName = urn.split("::").slice(3).join("::");
  return formatSeed({ logicalName, identity: identityOf(urn.replaceAll(API_KEY_TYPE, DYNAMIC_TYPE)) });
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/**
 * Chooses the source of the name: the program, else `pulumi:autonaming` if enforced, else the provider. A key keeps its
 * name. The seed is always added, because a name may turn out to be undefined.
 */
export function named(
  urn: string,
  autonaming: CheckRequest.AutonamingOptions | undefined,
  olds: Properties,
  news: Properties,
): { readonly news: Properties; readonly problems: readonly Problem[] } {
  const seeded = { ...news, [AUTO_NAME]: seedOf(urn) };
  if (!isAbsent(news.name)) return { news: seeded, problems: [] };
  const mode = autonaming?.getMode();
  if (mode === Mode.ENFORCE) {
    return { news: { ...seeded, name: olds.name ?? autonaming?.getProposedName() }, problems: [] };
  }
  if (mode === Mode.DISABLE && isAbsent(olds.name)) {
    const reason =
      "is missing, and the project's setting pulumi:autonaming disables automatic names: give the key a name";
    // The placeholder avoids a second problem.
    return { news: { ...seeded, name: UNKNOWN }, problems: [{ property: "name", reason }] };
  }
  return { news: seeded, problems: [] };
}
