import fc from "fast-check";
import { hintMatches, hintOf, isMasked, Redactor } from "../../provider/core/secret";

const ACCESS_KEY = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

describe("redaction", () => {
  const secrets = fc
    .string({ unit: "grapheme-composite", minLength: 6, maxLength: 40 })
    // Of one kind of character there could be as much in the words around it.
    .filter((secret) => new Set(secret).size > 3 && !"[secret]".includes(secret));

  it("takes a secret out of text, whatever characters it has", () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, behind) => {
        fc.pre(!before.includes(secret) && !behind.includes(secret));
        expect(new Redactor([secret]).redact(`${before}${secret}${behind}`)).not.toContain(secret);
      }),
    );
  });

  it("takes it out of JSON, of JSON inside JSON, and of addresses", () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const redactor = new Redactor([secret]);
        const json = JSON.stringify({ key: secret });
        expect(JSON.parse(redactor.redact(json))).toEqual({ key: "[secret]" });
        const nested = JSON.parse(redactor.redact(JSON.stringify({ body: json })));
        expect(JSON.parse(nested.body)).toEqual({ key: "[secret]" });
        for (const encode of [encodeURIComponent, encodeURI]) {
          const address = redactor.redact(`/keys?key=${encode(secret)}`);
          expect(address).toBe("/keys?key=[secret]");
        }
      }),
    );
  });

  it("takes one out of JSON that has to be written with escapes", () => {
    const secret = 'quote"back\\slash';
    const once = JSON.stringify(secret);
    expect(new Redactor([secret]).redact(once)).toBe('"[secret]"');
    expect(new Redactor([secret]).redact(JSON.stringify(once))).toBe('"\\"[secret]\\""');
  });

  it("knows an address with small letters in its escapes", () => {
    expect(new Redactor(["a/b+c=d?e"]).redact("x=a%2fb%2bc%3dd%3fe&y")).toBe("x=[secret]&y");
  });

  it("takes every occurrence out", () => {
    const redactor = new Redactor([ACCESS_KEY]);
    expect(redactor.redact(`${ACCESS_KEY} and ${ACCESS_KEY}${ACCESS_KEY}`)).toBe(
      "[secret] and [secret][secret]",
    );
  });

  it("leaves nothing of a key that begins with, ends with or holds another one", () => {
    const short = "abcdef";
    for (const long of ["abcdef123456", "123456abcdef", "123abcdef456"]) {
      for (const order of [
        [short, long],
        [long, short],
      ]) {
        expect(new Redactor(order).redact(`${long} ${short}`)).toBe("[secret] [secret]");
      }
    }
  });

  it("takes characters with a meaning in patterns for what they are", () => {
    const secret = "a.*+?^$()|[]{}\\b$&$1";
    expect(new Redactor([secret]).redact(`<${secret}> aXXb`)).toBe("<[secret]> aXXb");
  });

  it("survives a secret that is not well-formed text", () => {
    expect(new Redactor(["half\ud83d-a-pair"]).redact("of half\ud83d-a-pair")).toBe("of [secret]");
  });

  it("takes what stands behind the name of an authentication header, known or not", () => {
    const redactor = new Redactor();
    for (const [text, expected] of [
      ["x-api-key: abc123", "x-api-key: [secret]"],
      ["X-AIXPLAIN-KEY=abc123", "X-AIXPLAIN-KEY=[secret]"],
      ["Authorization: Token abc123", "Authorization: Token [secret]"],
      ["authorization: Bearer abc123, next", "authorization: Bearer [secret], next"],
      ["Proxy-Authorization: Basic YWJj", "Proxy-Authorization: Basic [secret]"],
      [`{"x-api-key":"abc123","b":1}`, `{"x-api-key":"[secret]","b":1}`],
      [`{\\"x-api-key\\":\\"abc123\\"}`, `{\\"x-api-key\\":\\"[secret]\\"}`],
      [`{ 'x-api-key': 'abc123' }`, `{ 'x-api-key': '[secret]' }`],
    ] as const) {
      expect(redactor.redact(text)).toBe(expected);
    }
  });

  it("learns secrets later, and does not take short or absent ones for secrets", () => {
    const redactor = new Redactor(["abc"]);
    redactor.add(undefined);
    redactor.add("");
    redactor.add("12345");
    expect(redactor.redact("abc 12345")).toBe("abc 12345");
    redactor.add("123456");
    expect(redactor.redact("abc 123456")).toBe("abc [secret]");
  });

  it("changes nothing in text that holds no secret, nor in what it made", () => {
    const redactor = new Redactor([ACCESS_KEY]);
    const text = 'GET /sdk/api-keys answered 503 ("try later"): x';
    expect(redactor.redact(text)).toBe(text);
    const once = redactor.redact(`x-api-key: ${ACCESS_KEY}, key ${ACCESS_KEY}`);
    expect(redactor.redact(once)).toBe(once);
  });
});

describe("the hint of an access key", () => {
  it("shows its first and last four characters and never the length of what is between", () => {
    expect(hintOf(ACCESS_KEY)).toBe("a1b2****8f90");
    expect(hintOf("a1b2X8f90")).toBe("a1b2****8f90");
  });

  it("is the same for the key and for every mask of it that the platform may show", () => {
    for (const hidden of ["****", "*".repeat(24), "...", "…", "••••••••"]) {
      expect(hintOf(`a1b2${hidden}8f90`)).toBe(hintOf(ACCESS_KEY));
    }
  });

  it("shows nothing of a key so short that it would show all of it", () => {
    expect(hintOf("12345678")).toBe("********");
    expect(hintOf("abc")).toBe("***");
    expect(hintOf("")).toBe("");
  });

  it("matches the key that it is of, and no other", () => {
    expect(hintMatches(hintOf(ACCESS_KEY), ACCESS_KEY)).toBe(true);
    expect(hintMatches("a1b2...8f90", ACCESS_KEY)).toBe(true);
    expect(hintMatches(hintOf(ACCESS_KEY), `z${ACCESS_KEY.slice(1)}`)).toBe(false);
    expect(hintMatches(hintOf(ACCESS_KEY), `${ACCESS_KEY.slice(0, -1)}z`)).toBe(false);
  });

  it("of a key that is just long enough matches it", () => {
    expect(hintMatches(hintOf("123456789"), "123456789")).toBe(true);
    expect(hintMatches("12346789", "123456789")).toBe(true);
  });

  it("of a short key, and no hint, match nothing: they prove nothing", () => {
    expect(hintMatches(hintOf("12345678"), "12345678")).toBe(false);
    expect(hintMatches("1234****5678", "12345678")).toBe(false);
    expect(hintMatches("", ACCESS_KEY)).toBe(false);
    expect(hintMatches("a1b2", "a1b2XXXXa1b2")).toBe(false);
  });
});

describe("a mask", () => {
  it.each([["a1b2****8f90"], ["a1b2...8f90"], ["a1b2…8f90"], ["••••8f90"], ["*"], [hintOf(ACCESS_KEY)]])(
    "is recognised: %p",
    (mask) => {
      expect(isMasked(mask)).toBe(true);
    },
  );

  it("is not seen in an access key, also with dots and dashes", () => {
    for (const key of [ACCESS_KEY, "aix.a1b2-c3d4_e5f6", "a..b-c"]) expect(isMasked(key)).toBe(false);
  });
});
