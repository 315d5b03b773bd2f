import { parsedJson } from "./files";

/** The mark of a secret in an exported state. Source: sdk/go/common/resource/sig in the CLI 3.259. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

type Fields = Readonly<Record<string, unknown>>;

/** Values of a state without the marks of secrets. Encrypted values are absent. */
export interface Plain {
  readonly value: unknown;
  readonly secrets: ReadonlySet<string>;
  readonly encrypted: ReadonlySet<string>;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isMarked = (value: Fields): boolean => value[SIGNATURE] === SECRET;

const below = (path: string, part: string | number): string =>
  typeof part === "number" ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`;

export function plain(marked: unknown): Plain {
  const secrets = new Set<string>();
  const encrypted = new Set<string>();
  const strip = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((each, index) => strip(each, below(path, index)));
    if (!isFields(value)) return value;
    if (isMarked(value)) {
      secrets.add(path);
      if (typeof value.plaintext === "string") return strip(parsedJson(value.plaintext), path);
      encrypted.add(path);
      return undefined;
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, strip(each, below(path, name))]),
    );
  };
  return { value: strip(marked, ""), secrets, encrypted };
}

/** Every text of a state that is not secret, with its path. */
export function plainTexts(
  value: unknown,
  path = "",
): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => plainTexts(each, below(path, index)));
  if (!isFields(value) || isMarked(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => plainTexts(each, below(path, name)));
}
