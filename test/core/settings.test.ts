import { SettingsError } from "../../provider/core/errors";
import { isLoopback } from "../../provider/core/loopback";
import { DEFAULT_WARNINGS } from "../../provider/core/warning";
import {
  DEFAULT_BACKEND_URL,
  resolveRotationSettings,
  resolveSettings,
  type SettingsOverrides,
} from "../../provider/settings";

interface Sources {
  readonly explicit?: SettingsOverrides;
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const KEY = "admin-key-CANARY";
const resolve = ({ explicit, config = {}, env = {} }: Sources) =>
  resolveSettings({ explicit, config: (name) => config[name], env });
const withKey = (sources: Sources) => resolve({ ...sources, env: { AIXPLAIN_API_KEY: KEY, ...sources.env } });
const at = (backendUrl: string, env = {}) => withKey({ explicit: { backendUrl }, env });

function refusal(sources: Sources): string {
  try {
    resolve(sources);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
  }
  throw new Error("no SettingsError");
}

const refusedAddress = (backendUrl: string, env = {}) =>
  refusal({ explicit: { backendUrl }, env: { AIXPLAIN_API_KEY: KEY, ...env } });

describe("where a setting comes from", () => {
  const everything: Sources[] = [
    { explicit: { apiKey: "explicit", backendUrl: "https://explicit.test" } },
    { config: { "aixplain:apiKey": "stack", "aixplain:backendUrl": "https://stack.test" } },
    { env: { AIXPLAIN_API_KEY: "environment", BACKEND_URL: "https://environment.test" } },
    { env: { TEAM_API_KEY: "older" } },
  ];
  const from = (start: number): Sources => {
    const sources = everything.slice(start);
    return {
      explicit: sources.find(({ explicit }) => explicit)?.explicit ?? {},
      config: sources.find(({ config }) => config)?.config ?? {},
      env: Object.fromEntries(sources.flatMap(({ env }) => Object.entries(env ?? {}))),
    };
  };

  it("is the program, else the stack, else the environment, else its older name", () => {
    const keys = everything.map((_, start) => resolve(from(start)).apiKey);
    expect(keys).toEqual(["explicit", "stack", "environment", "older"]);
  });

  it("is the public platform where nothing says which backend", () => {
    const urls = everything.map((_, start) => resolve(from(start)).backendUrl);
    expect(urls).toEqual([
      "https://explicit.test",
      "https://stack.test",
      "https://environment.test",
      DEFAULT_BACKEND_URL,
    ]);
  });

  it("is the next one where a setting is empty or blank", () => {
    const blank = { apiKey: " ", backendUrl: "" };
    expect(
      resolve({ explicit: blank, config: { "aixplain:apiKey": "" }, env: { TEAM_API_KEY: KEY } }),
    ).toEqual({
      apiKey: KEY,
      backendUrl: DEFAULT_BACKEND_URL,
      driftCheck: true,
      timeoutMs: 60_000,
      debug: false,
      warnings: DEFAULT_WARNINGS,
    });
  });

  it("has no line break at its end, as a key read from a file has", () => {
    expect(resolve({ env: { AIXPLAIN_API_KEY: `${KEY}\n` } }).apiKey).toBe(KEY);
  });
});

describe("the admin key", () => {
  it("that is missing is asked for by every way to give it", () => {
    for (const way of ["aixplain:apiKey", "--secret", "AIXPLAIN_API_KEY", "TEAM_API_KEY"]) {
      expect(refusal({})).toContain(way);
    }
  });

  it.each([["a b"], ["a\tb"], ["a\nb"], ["kéy"], ["key\u200b"]])(
    "%p is refused, and not repeated",
    (apiKey) => {
      const words = refusal({ explicit: { apiKey: `${KEY}${apiKey}` } });
      expect(words).toContain("copy it again");
      expect(words).not.toContain(KEY);
    },
  );

  it("is in no message about anything else", () => {
    expect(refusedAddress("ftp://platform.test")).not.toContain(KEY);
  });
});

describe("the backend address", () => {
  it.each([
    ["https://platform.test", "https://platform.test"],
    ["https://platform.test/", "https://platform.test"],
    ["https://platform.test/base/path//", "https://platform.test/base/path"],
    ["HTTPS://Platform.Test:443", "https://platform.test"],
    ["https://platform.test:8443/base", "https://platform.test:8443/base"],
    ["https://platform.test/#", "https://platform.test"],
    ["https://platform.test/?", "https://platform.test"],
    ["https:platform.test", "https://platform.test"],
    ["https:\\\\platform.test\\base", "https://platform.test/base"],
    ["https://plat\nform.test", "https://platform.test"],
  ])("%p is %p", (written, address) => {
    expect(at(written).backendUrl).toBe(address);
  });

  it.each([
    ["platform.test"],
    ["ftp://platform.test"],
    ["file:///etc"],
    ["https://"],
    ["https://a b"],
    ["//x"],
  ])("%p is none", (address) => {
    expect(refusedAddress(address)).toContain("is not an http(s) address");
  });

  it.each([
    ["https://user:PASSWORD@platform.test"],
    ["https://PASSWORD@platform.test"],
    ["https://platform.test?key=PASSWORD"],
    ["https://platform.test/#PASSWORD"],
    ["ftp://user:PASSWORD@platform.test"],
    ["user:PASSWORD@platform.test"],
  ])("%p is refused, and what may be a password in it is not repeated", (address) => {
    expect(refusedAddress(address)).not.toContain("PASSWORD");
  });
});

describe("plain http", () => {
  it.each([
    ["http://localhost:8787"],
    ["http://127.0.0.1:8787"],
    ["http://127.8.9.10"],
    ["http://127.1"],
    ["http://0x7f000001"],
    ["http://[::1]:8787"],
    ["http://[0:0:0:0:0:0:0:1]"],
  ])("to this machine is fine: %s", (address) => {
    expect(isLoopback(new URL(at(address).backendUrl).hostname)).toBe(true);
  });

  it.each([
    ["http://platform.test"],
    ["http://localhost.platform.test"],
    ["http://127.0.0.1.platform.test"],
    ["http://xlocalhost"],
    ["http://0.0.0.0"],
    ["http://10.0.0.1"],
    ["http://[::2]"],
    ["http://127.0.0.1@platform.test"],
    ["http://platform.test\\@127.0.0.1"],
  ])("to another one is refused, for it shows the key to the network: %s", (address) => {
    expect(refusedAddress(address)).toMatch(/plain http, which would expose|contains more than an address/);
  });

  it("to another one is allowed by the stack or by the environment, in the platform SDK's own word", () => {
    expect(at("http://platform.test", { AIXPLAIN_ALLOW_INSECURE_URLS: "1" }).backendUrl).toBe(
      "http://platform.test",
    );
    const config = { "aixplain:allowInsecureUrls": "true", "aixplain:backendUrl": "http://platform.test" };
    expect(withKey({ config }).backendUrl).toBe("http://platform.test");
  });

  it("stays refused where the stack says so, whatever the environment says", () => {
    const config = { "aixplain:allowInsecureUrls": "false", "aixplain:backendUrl": "http://platform.test" };
    const env = { AIXPLAIN_API_KEY: KEY, AIXPLAIN_ALLOW_INSECURE_URLS: "1" };
    expect(refusal({ config, env })).toContain("plain http");
  });
});

describe("the comparison with the live keys", () => {
  it("is on unless it is switched off", () => {
    expect(withKey({}).driftCheck).toBe(true);
    for (const off of ["false", "0", "no", "OFF", " off "]) {
      expect(withKey({ config: { "aixplain:driftCheck": off } }).driftCheck).toBe(false);
      expect(withKey({ env: { AIXPLAIN_DRIFT_CHECK: off } }).driftCheck).toBe(false);
    }
    for (const on of ["true", "1", "yes", "ON"]) {
      const env = { AIXPLAIN_DRIFT_CHECK: "false" };
      expect(withKey({ config: { "aixplain:driftCheck": on }, env }).driftCheck).toBe(true);
    }
  });

  it("is neither on nor off where it is something else", () => {
    const env = { AIXPLAIN_API_KEY: KEY };
    expect(refusal({ config: { "aixplain:driftCheck": "maybe" }, env })).toContain(
      'aixplain:driftCheck is "maybe": write true or false',
    );
  });
});

describe("the debug switch", () => {
  it("is off unless the environment sets it, and never comes from a stack, where it would stay on", () => {
    expect(withKey({ config: { "aixplain:debug": "true" } }).debug).toBe(false);
    for (const off of ["", "0", "false"]) expect(withKey({ env: { AIXPLAIN_DEBUG: off } }).debug).toBe(false);
    for (const on of ["1", "true"]) expect(withKey({ env: { AIXPLAIN_DEBUG: on } }).debug).toBe(true);
  });

  it("is refused where it is something else", () => {
    const env = { AIXPLAIN_API_KEY: KEY, AIXPLAIN_DEBUG: "verbose" };
    expect(refusal({ env })).toContain('AIXPLAIN_DEBUG is "verbose": write true or false');
  });
});

it("everything that is wrong is named in one go", () => {
  const words = refusal({
    config: {
      "aixplain:backendUrl": "http://platform.test",
      "aixplain:driftCheck": "maybe",
      "aixplain:allowInsecureUrls": "perhaps",
    },
  });
  for (const each of ["no admin key", "plain http", "driftCheck", 'allowInsecureUrls is "perhaps"']) {
    expect(words).toContain(each);
  }
});

describe("the time-out of a call", () => {
  const timeoutOf = (config: Record<string, string>, env: Record<string, string> = {}) =>
    resolve({ config, env: { AIXPLAIN_API_KEY: KEY, ...env } }).timeoutMs;

  it("is given in seconds, by the stack before the environment", () => {
    expect(timeoutOf({}, { AIXPLAIN_TIMEOUT_SECONDS: "0.5" })).toBe(500);
    expect(timeoutOf({ "aixplain:timeoutSeconds": "90" }, { AIXPLAIN_TIMEOUT_SECONDS: "5" })).toBe(90_000);
  });

  it.each(["0", "-1", "soon", "1e9", "Infinity"])("is refused as %s", (text) => {
    expect(() => timeoutOf({ "aixplain:timeoutSeconds": text })).toThrow(
      `aixplain:timeoutSeconds is ${JSON.stringify(text)}: write a number of seconds above 0`,
    );
  });
});

describe("warnings", () => {
  const refused = (config: Readonly<Record<string, string>>): string =>
    refusal({ config, env: { AIXPLAIN_API_KEY: KEY } });

  it("are silenced and made errors by their ids, the others as they were", () => {
    const config = { "aixplain:warnings": '{"zero": "off", "expires-soon": "error"}' };
    const { levels } = withKey({ config, env: { AIXPLAIN_WARNINGS: '{"zero": "error"}' } }).warnings;
    expect(levels).toEqual({ ...DEFAULT_WARNINGS.levels, zero: "off", "expires-soon": "error" });
    const env = {
      AIXPLAIN_WARNINGS: '{"zero": "error"}',
      AIXPLAIN_WARN_USE_PERCENT: "95.5",
      AIXPLAIN_WARN_UNCHANGED_KEYS: "1",
    };
    expect(withKey({ env }).warnings).toEqual({
      levels: { ...DEFAULT_WARNINGS.levels, zero: "error" },
      usePercent: 95.5,
      unchangedKeys: true,
    });
  });

  it.each([
    ["aixplain:warnings", "zero", 'aixplain:warnings is the text "zero": write an object in JSON'],
    ["aixplain:warnings", "[]", "aixplain:warnings is a list: write an object in JSON"],
    [
      "aixplain:warnings",
      '{"limit-below-uses":"off"}',
      'names "limit-below-uses", which is not a warning; did you mean limit-below-use? (known: limit-below-use,',
    ],
    [
      "aixplain:warnings",
      '{"zero":"silent"}',
      'has the text "silent" for "zero": write one of "off", "warn", "error"',
    ],
    ["aixplain:warnings", '{"zero":true}', 'has true for "zero"'],
    ["aixplain:warnUsePercent", "0", 'aixplain:warnUsePercent is "0": write a percentage above 0, up to 100'],
    ["aixplain:warnUsePercent", "80%", 'aixplain:warnUsePercent is "80%"'],
    ["aixplain:warnUsePercent", "101", 'aixplain:warnUsePercent is "101"'],
    ["aixplain:warnUnchangedKeys", "maybe", 'aixplain:warnUnchangedKeys is "maybe": write true or false'],
  ])("are refused where they make no sense: %s %s", (name, value, words) => {
    expect(refused({ [name]: value })).toContain(words);
  });

  it("are refused with everything that is wrong at once", () => {
    const all = refused({ "aixplain:warnings": '{"zreo":"maybe"}', "aixplain:warnUsePercent": "x" });
    for (const each of ["did you mean zero?", 'has the text "maybe"', "warnUsePercent"])
      expect(all).toContain(each);
  });
});

describe("the settings of rotations", () => {
  const resolve = (config: Record<string, string>, env: Record<string, string> = {}) =>
    resolveRotationSettings({ config: (key) => config[key], env });

  it("come from the stack, then from the environment, and may be absent", () => {
    expect(resolve({})).toEqual({});
    const env = { AIXPLAIN_NOW: "2027-01-31T08:00:00+02:00", AIXPLAIN_MAX_KEYS: "5" };
    expect(resolve({}, env)).toEqual({ now: Date.parse("2027-01-31T06:00:00Z"), maxKeys: 5 });
    expect(resolve({ "aixplain:now": "2027-02-01T00:00Z", "aixplain:maxKeys": "6" }, env)).toEqual({
      now: Date.parse("2027-02-01T00:00:00Z"),
      maxKeys: 6,
    });
  });

  it.each(["tomorrow", "2027-01-31", "2027-01-31T08:00:00", "2027-02-30T99:00:00Z"])(
    "refuse %s for an instant, and all that is wrong at once",
    (now) => {
      expect(() => resolve({ "aixplain:now": now, "aixplain:maxKeys": "0" })).toThrow(
        /aixplain:now is ".*write an instant with its zone.*aixplain:maxKeys is "0"/,
      );
    },
  );
});
