/** Part of `npm run build`: writes the emulator's vocabulary into one compact file. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const OUT = join(__dirname, "..", "emulator", "vocabulary");
const PACKAGE = dirname(require.resolve("gpt-tokenizer/package.json"));

const { default: tokens } = require("gpt-tokenizer/cjs/bpeRanks/o200k_base") as {
  default: readonly (string | readonly number[])[];
};
const { O200K_TOKEN_SPLIT_REGEX: pattern } = require("gpt-tokenizer/cjs/encodingParams/constants") as {
  O200K_TOKEN_SPLIT_REGEX: RegExp;
};

// The format: JSON head, line break, length of each token, bytes of all tokens in the order of their ranks.
const encoded = tokens.map((token) =>
  typeof token === "string" ? Buffer.from(token, "utf8") : Buffer.from(token),
);
const longest = encoded.reduce((most, { length }) => Math.max(most, length), 0);
if (longest > 255) throw new Error(`a token has ${longest} bytes: its length needs more than one`);
const head = JSON.stringify({ tokens: tokens.length, pattern: pattern.source, flags: pattern.flags });
mkdirSync(OUT, { recursive: true });
writeFileSync(
  join(OUT, "o200k_base.bin"),
  Buffer.concat([
    Buffer.from(`${head}\n`, "utf8"),
    Uint8Array.from(encoded, ({ length }) => length),
    ...encoded,
  ]),
);
writeFileSync(
  join(OUT, "LICENSE"),
  `o200k_base.bin is made of the vocabulary that the package gpt-tokenizer holds.\n\n${readFileSync(join(PACKAGE, "LICENSE"), "utf8")}`,
);
