import { isDeepStrictEqual } from "node:util";
import { SettingsError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import { WARNINGS } from "../core/warning";
import { resolveSettings, type Settings } from "../settings";
import { type Properties, withSecret } from "./values";

interface Setting {
  readonly type: "string" | "boolean" | "integer" | "number" | "object";
  readonly additionalProperties?: { readonly type: "string" };
  readonly secret?: boolean;
  readonly description: string;
}

/** Settings: `aixplain:<name>` in the stack's configuration, or an argument of an explicit provider. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  apiKey: {
    type: "string",
    secret: true,
    description:
      "The admin key of the account. The state of an explicit provider contains it, encrypted. Use apiKeyEnv to keep it out.",
  },
  apiKeyEnv: {
    type: "string",
    description:
      "The name of an environment variable with the admin key, wherever pulumi runs. The state contains only the name.",
  },
  backendUrl: {
    type: "string",
    description:
      "The base address of the API. Default: the stack setting aixplain:backendUrl, BACKEND_URL, the public platform.",
  },
  accountId: {
    type: "string",
    description:
      "Confirms the account that the keys belong to, as an error message shows it: a key that is missing there counts as deleted.",
  },
  driftCheck: {
    type: "boolean",
    description: "Whether a preview compares with the live keys. Default: true.",
  },
  timeoutSeconds: {
    type: "integer",
    description: "How long one call to the platform may take, in seconds. Default: 60.",
  },
  now: {
    type: "string",
    description:
      "The instant that dates are compared with, in ISO 8601, so that a preview and its update use the same one. Default: the machine's clock.",
  },
  allowInsecureUrls: {
    type: "boolean",
    description: "Whether plain http is allowed to other machines. Default: false.",
  },
  warnings: {
    type: "object",
    additionalProperties: { type: "string" },
    description: `The level of each warning by its id: "off", "warn" or "error". Default: "warn". Ids: ${Object.keys(WARNINGS).join(", ")}.`,
  },
  warnUsePercent: {
    type: "number",
    description: "The percentage of a daily limit from which its usage is reported. Default: 80.",
  },
  warnUnchangedKeys: {
    type: "boolean",
    description:
      "Whether the usage and the models of unchanged keys are checked as well, with one call for each key with a daily limit and for each model. Default: false.",
  },
};

const NAMES = Object.keys(SETTINGS);

const OF_THE_ENGINE = /^(__|version$|pluginDownloadURL$)/;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The stack's configuration in the `aixplain` namespace, if the engine passes it. */
  readonly stack: Properties;
}

/** The engine passes the stack's configuration in the environment. */
export function surroundings(env: Surroundings["env"]): Surroundings {
  const { PULUMI_CONFIG: stack = "{}" } = env;
  return { env, stack: JSON.parse(stack) as Properties };
}

/** Whether this is the provider of the stack's configuration. The engine uses this name as well. */
const isDefault = (name: string): boolean => name.startsWith("default");

function text(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function adminKey(name: string, given: Properties, { env, stack }: Surroundings): string | undefined {
  const variable = text(given.apiKeyEnv);
  const key = text(given.apiKey);
  if (variable !== undefined && key !== undefined) {
    throw new SettingsError(`The provider ${name} has both apiKey and apiKeyEnv: keep one of them.`);
  }
  if (variable !== undefined) {
    const value = text(env[variable]);
    if (value !== undefined) return value;
    throw new SettingsError(
      `The provider ${name} needs the environment variable ${variable} (apiKeyEnv), which is not set: set it to the admin key where pulumi runs.`,
    );
  }
  if (isDefault(name)) return text(stack.apiKey) ?? key;
  if (key !== undefined) return key;
  // The key of the stack's configuration may belong to another account.
  throw new SettingsError(
    `The provider ${name} has no admin key: set apiKey, or set apiKeyEnv to the name of an environment variable with the key.`,
  );
}

/**
 * The settings of a provider. Except for the key, explicit providers default to the stack's configuration. The default
 * provider uses the current configuration, because the engine passes that of the last update to a refresh or a destroy,
 * and the key of one backend must not be sent to another.
 * @throws SettingsError with everything that is missing or invalid
 */
export function settingsOf(name: string, given: Properties, around: Surroundings): Settings {
  const config = (key: string): string | undefined => {
    const setting = key.slice(key.indexOf(":") + 1);
    if (setting === "apiKey") return undefined;
    const [own, stack] = [text(given[setting]), text(around.stack[setting])];
    return isDefault(name) ? (stack ?? own) : (own ?? stack);
  };
  return resolveSettings({ explicit: { apiKey: adminKey(name, given, around) }, config, env: around.env });
}

export interface CheckedConfig {
  readonly inputs: Properties;
  readonly problems: readonly string[];
}

/** Checks the arguments of a provider. The state omits the stack's own key and contains any other as a secret. */
export function checkConfig(name: string, given: Properties, around: Surroundings): CheckedConfig {
  const { apiKey, ...rest } = given;
  const fromStack = isDefault(name) && text(apiKey) === text(around.stack.apiKey);
  const inputs = fromStack ? rest : withSecret(given, "apiKey");
  // A project called aixplain has its own settings in this namespace.
  const foreign = isDefault(name)
    ? []
    : Object.keys(given).filter((key) => !NAMES.includes(key) && !OF_THE_ENGINE.test(key));
  const problems = foreign.map(
    (key) => `${key} is not a setting of the provider (known: ${NAMES.join(", ")})`,
  );
  if (!Object.values(given).some(isUnknown)) {
    try {
      settingsOf(name, given, around);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
    }
  }
  return { inputs, problems };
}

/** A change never replaces the provider, which would replace all its keys. */
export const configChanged = (olds: Properties, news: Properties): boolean =>
  NAMES.some((key) => !isDeepStrictEqual(olds[key], news[key]));
