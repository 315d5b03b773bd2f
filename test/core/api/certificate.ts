import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate that nobody trusts until told to, made on the spot, so that no private key lies in the repository. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

function der(tag: number, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((each) => (typeof each === "string" ? Buffer.from(each) : each)));
  const length =
    body.length < 128
      ? Buffer.from([body.length])
      : body.length < 256
        ? Buffer.from([0x81, body.length])
        : Buffer.from([0x82, body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);

const COMMON_NAME = oid("550403");
const SUBJECT_ALT_NAME = oid("551d11");
const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));

export function selfSigned(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, host))));
  const validity = sequence(der(0x17, "200101000000Z"), der(0x18, "20990101000000Z"));
  const alternatives = sequence(SUBJECT_ALT_NAME, der(0x04, sequence(der(0x82, host))));
  const content = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(alternatives)),
  );
  const certificate = sequence(content, ECDSA_WITH_SHA256, bits(sign("sha256", content, privateKey)));
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}
