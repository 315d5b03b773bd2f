import type { Policies } from "@pulumi/policy";
import type { Now } from "./days";
import { keyPolicy, stackPolicy } from "./rule";
import { budget } from "./rules/budget";
import { expiry } from "./rules/expiry";
import { globalLimits, modelLimits } from "./rules/limits";
import { keyName } from "./rules/name";
import { protection } from "./rules/protection";
import { rotation } from "./rules/rotation";
import { teamBudget } from "./rules/team-budget";
import { tokenType } from "./rules/token-type";

/**
 * The policies of this package, for a `PolicyPack` of your own.
 *
 * @param now the instant now in milliseconds since 1970, for tests
 * @example
 * ```ts
 * new PolicyPack("our-rules", { policies: [...aixplainPolicies(), ...ours] });
 * ```
 */
export const aixplainPolicies = (now: Now = Date.now): Policies => [
  keyPolicy(expiry(now)),
  keyPolicy(budget),
  keyPolicy(globalLimits),
  keyPolicy(modelLimits),
  keyPolicy(tokenType),
  keyPolicy(protection),
  keyPolicy(keyName),
  keyPolicy(rotation(now)),
  stackPolicy(teamBudget),
];
