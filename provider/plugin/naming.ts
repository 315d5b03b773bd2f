import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { formatSeed, identityOf } from "../core/auto-name";
import type { Problem } from "../core/errors";
import { AUTO_NAME } from "../core/model";
import { UNKNOWN } from "../core/unknown";
import { API_KEY_TYPE, DYNAMIC_TYPE } from "./tokens";
import type { Properties } from "./values";

const { Mode } = CheckRequest.AutonamingOptions;

/**
 * The seed of an automatic name, made of the URN that the key has with the dynamic provider: a key that moves here keeps
 * its sequence of names, and what interrupted runs left behind stays recognisable.
 */
export function seedOf(urn: string): string {
  const logicalName = urn.split("::").slice(3).join("::");
  return formatSeed({ logicalName, identity: identityOf(urn.replaceAll(API_KEY_TYPE, DYNAMIC_TYPE)) });
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/**
 * The declaration with what decides on its name: the program's own, else Pulumi's where `pulumi:autonaming` enforces one,
 * else the provider's. A key that has a name keeps it. The seed is always there: a name can turn out not to be.
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
      "is missing, and the project's setting pulumi:autonaming switches automatic names off: give the key a name";
    // An unknown name is no further problem.
    return { news: { ...seeded, name: UNKNOWN }, problems: [{ property: "name", reason }] };
  }
  return { news: seeded, problems: [] };
}
