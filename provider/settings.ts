import { SettingsError } from "./core/errors";
import { isLoopback } from "./core/loopback";
import { readLevels, readUsePercent, type WarningSettings } from "./core/warning";

export interface Settings {
  /** The admin key of the account. It is never stored. */
  readonly apiKey: string;
  /** The base address of the management API, without a trailing slash. */
  readonly backendUrl: string;
  /** Whether a preview compares with the live keys; `true` by default. */
  readonly driftCheck: boolean;
  /**
   * Confirms the account of the stack: a key that is missing there counts as deleted, whatever account the state
   * records. By default, the state decides.
   */
  readonly accountId?: string | undefined;
  readonly timeoutMs: number;
  /** The instant that dates are compared with, in milliseconds since 1970. Default: the machine's clock. */
  readonly now?: number | undefined;
  /** Whether every call is shown, with secrets masked: `AIXPLAIN_DEBUG`. */
  readonly debug: boolean;
  readonly warnings: WarningSettings;
}

/** Explicit settings. They take precedence over the stack and the environment. */
export interface SettingsOverrides {
  /** The admin key. Default: stack setting `aixplain:apiKey`, `AIXPLAIN_API_KEY`, `TEAM_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** The base address of the API. Default: stack setting `aixplain:backendUrl`, `BACKEND_URL`, the public platform. */
  readonly backendUrl?: string | undefined;
}

export interface SettingsSources {
  readonly explicit?: SettingsOverrides | undefined;
  readonly config: (key: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const DEFAULT_BACKEND_URL = "https://platform-api.aixplain.com";

/** Long enough for thousands of keys over a slow link. */
const DEFAULT_TIMEOUT_MS = 60_000;

const first = (...values: (string | undefined)[]): string | undefined =>
  values.map((value) => value?.trim()).find((value) => value !== undefined && value !== "");

function flag(name: string, value: string | undefined, fallback: boolean, problems: string[]): boolean {
  if (value === undefined) return fallback;
  if (/^(true|1|yes|on)$/i.test(value)) return true;
  if (/^(false|0|no|off)$/i.test(value)) return false;
  problems.push(`${name} is ${JSON.stringify(value)}: write true or false`);
  return fallback;
}

const MAX_TIMEOUT_SECONDS = 2_147_483;

function timeout(value: string | undefined, problems: string[]): number {
  if (value === undefined) return DEFAULT_TIMEOUT_MS;
  const seconds = Number(value);
  if (seconds > 0 && seconds <= MAX_TIMEOUT_SECONDS) return seconds * 1000;
  problems.push(
    `aixplain:timeoutSeconds is ${JSON.stringify(value)}: write a number of seconds above 0, such as 60`,
  );
  return DEFAULT_TIMEOUT_MS;
}

const AN_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** With its zone, so that it means the same on every machine. In milliseconds since 1970. */
function instant({ config, env }: Omit<SettingsSources, "explicit">, problems: string[]): number | undefined {
  const value = first(config("aixplain:now"), env.AIXPLAIN_NOW);
  if (value === undefined) return undefined;
  const ms = AN_INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  problems.push(
    `aixplain:now is ${JSON.stringify(value)}: write an instant with its zone, such as 2027-01-31T08:00:00Z`,
  );
  return undefined;
}

/** Over plain http, the admin key would be readable on the network. */
function backend(text: string, allowInsecure: boolean, problems: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    problems.push(
      `the backend URL ${JSON.stringify(text.replace(/[^/]*@/, ""))} is not an http(s) address such as ${DEFAULT_BACKEND_URL}`,
    );
    return text;
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    problems.push(
      "the backend URL contains more than an address: remove the user, password, query and fragment",
    );
  } else if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecure) {
    problems.push(
      `the backend URL ${JSON.stringify(text)} uses plain http, which would expose the admin key on the network: ` +
        "use https, or allow it with the stack setting aixplain:allowInsecureUrls or AIXPLAIN_ALLOW_INSECURE_URLS=1",
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

export function warningSettings({ config, env }: SettingsSources, problems: string[]): WarningSettings {
  const levels = first(config("aixplain:warnings"), env.AIXPLAIN_WARNINGS);
  const percent = first(config("aixplain:warnUsePercent"), env.AIXPLAIN_WARN_USE_PERCENT);
  const unchanged = first(config("aixplain:warnUnchangedKeys"), env.AIXPLAIN_WARN_UNCHANGED_KEYS);
  return {
    levels: readLevels("aixplain:warnings", levels, problems),
    usePercent: readUsePercent("aixplain:warnUsePercent", percent, problems),
    unchangedKeys: flag("aixplain:warnUnchangedKeys", unchanged, false, problems),
  };
}

/**
 * Resolves every setting: explicit, stack configuration, environment, default.
 * @throws SettingsError with everything that is missing or invalid, and every way to set it
 */
export function resolveSettings({ explicit = {}, config, env }: SettingsSources): Settings {
  const problems: string[] = [];
  const apiKey = first(explicit.apiKey, config("aixplain:apiKey"), env.AIXPLAIN_API_KEY, env.TEAM_API_KEY);
  if (apiKey === undefined) {
    problems.push(
      "there is no admin key. Set it as a secret of the stack (pulumi config set --secret aixplain:apiKey), " +
        "or in the environment variable AIXPLAIN_API_KEY (older name: TEAM_API_KEY)",
    );
  } else if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    problems.push("the admin key contains spaces or characters that no access key has: copy it again");
  }
  const insecure = first(config("aixplain:allowInsecureUrls"), env.AIXPLAIN_ALLOW_INSECURE_URLS);
  const allowInsecure = flag("aixplain:allowInsecureUrls", insecure, false, problems);
  const address =
    first(explicit.backendUrl, config("aixplain:backendUrl"), env.BACKEND_URL) ?? DEFAULT_BACKEND_URL;
  const backendUrl = backend(address, allowInsecure, problems);
  const drift = first(config("aixplain:driftCheck"), env.AIXPLAIN_DRIFT_CHECK);
  const driftCheck = flag("aixplain:driftCheck", drift, true, problems);
  const accountId = first(config("aixplain:accountId"), env.AIXPLAIN_ACCOUNT_ID);
  const limit = first(config("aixplain:timeoutSeconds"), env.AIXPLAIN_TIMEOUT_SECONDS);
  const timeoutMs = timeout(limit, problems);
  const now = instant({ config, env }, problems);
  // Only from the environment: a stack setting would stay on for everybody.
  const debug = flag("AIXPLAIN_DEBUG", first(env.AIXPLAIN_DEBUG), false, problems);
  const warnings = warningSettings({ config, env }, problems);
  if (problems.length > 0 || apiKey === undefined) {
    throw new SettingsError(`The aiXplain provider is not configured: ${problems.join("; and ")}.`);
  }
  return {
    apiKey,
    backendUrl,
    driftCheck,
    timeoutMs,
    debug,
    warnings,
    ...(accountId === undefined ? {} : { accountId }),
    ...(now === undefined ? {} : { now }),
  };
}

export interface RotationSettings {
  /** The instant to plan for, in milliseconds since 1970; absent: the time of the run. */
  readonly now?: number;
  /** The maximum number of keys in the account, not counting admin keys; absent: not checked. */
  readonly maxKeys?: number;
}

/** @throws SettingsError with every invalid setting and its allowed values */
export function resolveRotationSettings({
  config,
  env,
}: Omit<SettingsSources, "explicit">): RotationSettings {
  const problems: string[] = [];
  const now = instant({ config, env }, problems);
  const maximum = first(config("aixplain:maxKeys"), env.AIXPLAIN_MAX_KEYS);
  const maxKeys = Number(maximum);
  if (maximum !== undefined && !(Number.isInteger(maxKeys) && maxKeys > 0)) {
    problems.push(`aixplain:maxKeys is ${JSON.stringify(maximum)}: write a whole number of keys, 1 or more`);
  }
  if (problems.length > 0) {
    throw new SettingsError(`The aiXplain provider is not configured: ${problems.join("; and ")}.`);
  }
  return {
    ...(now === undefined ? {} : { now }),
    ...(maximum === undefined ? {} : { maxKeys }),
  };
}
