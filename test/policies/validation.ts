import {
  type Policies,
  type ResourceValidationArgs,
  type StackValidationArgs,
  UnknownValueError,
  unknownCheckingProxy,
} from "@pulumi/policy";
import { aixplainPolicies } from "../../policies/src";

// The SDK exports both at run time, and leaves them out of its types.
const proxied: (props: Record<string, unknown>) => Record<string, unknown> = unknownCheckingProxy;
const UnknownValue: abstract new (...args: never[]) => Error = UnknownValueError;

/** Unknown texts and numbers of a preview, as the engine writes both. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** Noon of a day, in UTC. */
const NOW = Date.parse("2027-03-10T12:00:00Z");
export const DYNAMIC = "pulumi-nodejs:dynamic/aixplain:ApiKey";
export const PLUGIN = "aixplain:index:ApiKey";

export interface Declared {
  readonly type?: string;
  readonly name?: string;
  readonly stack?: string;
  readonly parents?: string;
  readonly protect?: boolean;
  readonly props: Record<string, unknown>;
}

interface Found {
  readonly told: readonly string[];
  /** What the SDK tells as advisory: the first value that a preview does not know. */
  readonly unknown?: string;
}

const never = (): never => {
  throw new Error("no policy needs it");
};

function resource({
  type = DYNAMIC,
  name = "key",
  stack = "dev",
  parents = "",
  protect = false,
  props,
}: Declared) {
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::project::${parents}${type}::${name}`,
    // As the SDK does it: reading an unknown value throws.
    props: proxied(props),
    opts: {
      protect,
      ignoreChanges: [],
      aliases: [],
      additionalSecretOutputs: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    },
    isType: never,
    asType: never,
  };
}

function policyNamed(policy: string): Policies[number] {
  const found = aixplainPolicies(() => NOW).find(({ name }) => name === policy);
  if (!found) throw new Error(`there is no policy ${policy}`);
  return found;
}

function collect(validate: (report: (message: string) => void) => unknown): Found {
  const told: string[] = [];
  try {
    validate((message) => told.push(message));
    return { told };
  } catch (error) {
    if (error instanceof UnknownValue) return { told, unknown: error.message };
    throw error;
  }
}

/** Lets a policy look at one resource, as the SDK lets it. */
export function validate(policy: string, declared: Declared, config: object = {}): Found {
  const found = policyNamed(policy);
  if (!("validateResource" in found) || typeof found.validateResource !== "function") throw new Error(policy);
  const { validateResource } = found;
  const args = { ...resource(declared), stackTags: new Map(), getConfig: () => config, notApplicable: never };
  return collect((report) => validateResource(args as unknown as ResourceValidationArgs, report));
}

/** Lets a policy look at a whole stack; answers why it does not apply, where it says so. */
export function validateStack(
  policy: string,
  declared: readonly Declared[],
  config: object = {},
): Found | string {
  const found = policyNamed(policy);
  if (!("validateStack" in found)) throw new Error(policy);
  let idle = "";
  const stop = new Error("not applicable");
  const args = {
    resources: declared.map((each) => ({ ...resource(each), dependencies: [], propertyDependencies: {} })),
    stackTags: new Map(),
    getConfig: () => config,
    notApplicable: (reason = ""): never => {
      idle = reason;
      throw stop;
    },
  };
  try {
    return collect((report) => found.validateStack(args as unknown as StackValidationArgs, report));
  } catch (error) {
    if (error === stop) return idle;
    throw error;
  }
}
