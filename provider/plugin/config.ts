import { isDeepStrictEqual } from "node:util";
import { SettingsError } from "../core/errors";
import { isUnknown } from "../core/unknown";
import { resolveSettings, type Settings } from "../settings";
import { type Properties, withSecret } from "./values";

interface Setting {
  readonly type: "string" | "boolean" | "integer";
  readonly secret?: boolean;
  readonly description: string;
}

/** What a provider can be told, in the stack's configuration as `aixplain:<name>` or as an argument of an explicit provider. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  apiKey: {
    type: "string",
    secret: true,
    description:
      "The admin key of the account. An explicit provider keeps it in the state, encrypted; apiKeyEnv keeps it out.",
  },
  apiKeyEnv: {
    type: "string",
    description:
      "The name of an environment variable that holds the admin key, wherever pulumi runs. The state holds the name only.",
  },
  backendUrl: {
    type: "string",
    description:
      "The base address of the API. Default: the stack setting aixplain:backendUrl, BACKEND_URL, the public platform.",
  },
  accountId: {
    type: "string",
    description:
      "The account that the keys belong to, as an error names it: a key that is absent there counts as deleted.",
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
      "The instant that dates are judged by, in ISO 8601, so that a preview and its update see the same. Default: the machine's clock.",
  },
  allowInsecureUrls: {
    type: "boolean",
    description: "Whether plain http is allowed to other machines than this one. Default: false.",
  },
};

const NAMES = Object.keys(SETTINGS);

/** What the engine adds of its own. */
const OF_THE_ENGINE = /^(__|version$|pluginDownloadURL$)/;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The stack's configuration in the namespace of this package, where the engine hands it over. */
  readonly stack: Properties;
}

/** Reads the stack's configuration from where the engine puts it: the environment. */
export function surroundings(env: Surroundings["env"]): Surroundings {
  const { PULUMI_CONFIG: stack = "{}" } = env;
  return { env, stack: JSON.parse(stack) as Properties };
}

/** Whether the engine made the provider of the stack's configuration. It goes by the name as well. */
const isDefault = (name: string): boolean => name.startsWith("default");

const text = (value: unknown): string | undefined =>
  value === undefined || value === null || value === "" ? undefined : String(value);

/** The admin key of a provider; `undefined` where the usual places decide. */
function adminKey(name: string, given: Properties, { env, stack }: Surroundings): string | undefined {
  const variable = text(given.apiKeyEnv);
  const key = text(given.apiKey);
  if (variable !== undefined && key !== undefined) {
    throw new SettingsError(`The provider ${name} has both apiKey and apiKeyEnv: give one of them.`);
  }
  if (variable !== undefined) {
    const value = text(env[variable]);
    if (value !== undefined) return value;
    throw new SettingsError(
      `The provider ${name} takes its admin key from the environment variable ${variable} (apiKeyEnv), which is not set: set it where pulumi runs.`,
    );
  }
  if (isDefault(name)) return text(stack.apiKey) ?? key;
  if (key !== undefined) return key;
  // The key of the stack may be that of another account.
  throw new SettingsError(
    `The provider ${name} has no admin key: give apiKey, or apiKeyEnv with the name of an environment variable that holds it.`,
  );
}

/**
 * The settings of a provider. What an explicit provider leaves out, other than the key, is as in the stack's configuration.
 * That of the stack goes by the configuration of now: for a refresh or a destroy the engine gives what the last update had,
 * and the key of one backend must not go to another.
 * @throws SettingsError that names everything that is missing or wrong
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

/**
 * Checks what a provider is told. The inputs are what the state gets to hold: without the key where it is the stack's
 * own, which the configuration holds already, and with the key as a secret otherwise.
 */
export function checkConfig(name: string, given: Properties, around: Surroundings): CheckedConfig {
  const { apiKey, ...rest } = given;
  const fromStack = isDefault(name) && text(apiKey) === text(around.stack.apiKey);
  const inputs = fromStack ? rest : withSecret(given, "apiKey");
  // A project called aixplain has settings of its own in the namespace of this package.
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

/** Whether the settings changed. A change never replaces the provider: with it would go all of its keys. */
export const configChanged = (olds: Properties, news: Properties): boolean =>
  NAMES.some((key) => !isDeepStrictEqual(olds[key], news[key]));
