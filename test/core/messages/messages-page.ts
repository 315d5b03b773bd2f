import { messagesBelow, type SourceMessage } from "./source-messages";

/**
 * docs/messages.md is written by hand, but for what it quotes. A row begins with a comment that names the messages it
 * explains by their ids (`file declaration`, with a number or a range of them where a declaration has more than one), and
 * after `|` those that are only words of another message. Heading and quotes of the row follow from the sources.
 */
const ROW = /^<!-- ((?:provider|policies)\/.+) -->$/;
const LEAD = /^<!-- before each: (.+) -->$/;
const PROSE = "**Cause:**";

/** A heading longer than that ends with a part that fits, and the whole message follows below it. */
const LONGEST_HEADING = 110;
const SHORTEST_PART = 30;

/** What people are not told as a message, with the reason. Each covers all messages whose ids begin with it. */
export const NOT_MESSAGES: Readonly<Record<string, string>> = {
  "provider/api/connect.ts connect": "the name of an account, quoted in other messages",
  "provider/api/retry.ts retryAfterMs": "a date that is read",
  "provider/api/trace.ts": "the lines of AIXPLAIN_DEBUG, which docs/troubleshooting.md describes",
  "provider/command/completion.ts": "the scripts for shells",
  "provider/command/describe-key.ts describeKey": "the figures of a key",
  "provider/command/import-program.ts": "the program that import-file writes",
  "provider/command/list.ts list": "the figures of a key",
  "provider/command/usage-bars.ts usageLines 2": "the title of the figures",
  "provider/command/usage-bars.ts usageLines 3": "that there are no figures",
  "provider/command/usage-page-style.ts": "the style of a page",
  "provider/command/usage-page.ts": "the page of usage --html",
  "provider/command/usage-scopes.ts": "figures",
  "provider/command/usage.ts show": "that a page is written",
  "provider/core/documentation.ts": "the texts of the reference",
  "provider/core/functions.ts FUNCTIONS": "the texts of the reference",
  "provider/core/functions.ts RESULT_TYPES": "the texts of the reference",
  "provider/core/warning.ts WARNINGS": "the table of docs/warnings.md, and the text where a value is secret",
  "provider/lifecycle/rename.ts interimName": "a name that a key has for a moment",
  "provider/plugin/schema.ts DESCRIPTION": "the text of the registry",
  "provider/plugin/schema.ts described": "the text of the registry",
  "provider/program/api-key.ts dateText": "what an invalid Date becomes, which the check refuses",
};

export const isNoMessage = (id: string): boolean =>
  Object.keys(NOT_MESSAGES).some((each) => id === each || id.startsWith(`${each} `));

export const sourceMessages = (root: string): SourceMessage[] => [
  ...messagesBelow(root, "provider"),
  ...messagesBelow(root, "policies/src"),
];

/** `file name 2-4` is `file name 2`, `file name 3` and `file name 4`; the first of a declaration has no number. */
function idsOf(list: string): string[] {
  return list.split(";").flatMap((each) => {
    const [file, name, numbers] = each.trim().split(" ");
    const [first = "1", last = first] = (numbers ?? "1").split("-");
    const count = Number(last) - Number(first) + 1;
    return Array.from({ length: count }, (_, index) => {
      const number = Number(first) + index;
      return number === 1 ? `${file} ${name}` : `${file} ${name} ${number}`;
    });
  });
}

/** The ids of a row: those that it quotes, and all. */
function idsOfRow(line: string): { readonly quoted: string[]; readonly all: string[] } | undefined {
  const [quoted, parts] = ROW.exec(line)?.[1]?.split(" | ") ?? [];
  if (quoted === undefined) return undefined;
  const ids = idsOf(quoted);
  return { quoted: ids, all: [...ids, ...(parts === undefined ? [] : idsOf(parts))] };
}

/** Every id that the page explains, as often as it does. */
export const explained = (page: string): string[] =>
  page.split("\n").flatMap((line) => idsOfRow(line)?.all ?? []);

const escaped = (text: string): string => text.replaceAll(/[\\`*_<>[\]{}|#]/g, "\\$&");

/** The first sentence or the words that fit. */
function headingOf(pattern: string): string {
  const [sentence = ""] = pattern.trim().split(/(?<=\.) |\n/);
  if (sentence.length <= LONGEST_HEADING) return sentence.replace(/\.$/, "");
  const start = sentence.slice(0, LONGEST_HEADING);
  const part = start.replace(/[:;,] [^:;,]*$/, "");
  return part !== start && part.length >= SHORTEST_PART ? part : `${start.replace(/\W*\s\S*$/, "")} ...`;
}

function quoted(patterns: readonly string[], lead: string): string[] {
  const [first = ""] = patterns;
  const heading = `${lead}${headingOf(first)}`;
  const whole = patterns.map((each) => `${lead}${each.trim()}`);
  const isComplete = whole.length === 1 && whole[0]?.replace(/\.$/, "") === heading;
  return [`### ${escaped(heading)}`, "", ...(isComplete ? [] : ["```text", ...whole, "```", ""])];
}

/** The page with its headings and quotes written anew from the sources. */
export function refreshed(page: string, messages: readonly SourceMessage[]): string {
  const patterns = new Map(messages.map(({ id, pattern }) => [id, pattern]));
  const written: string[] = [];
  let lead = "";
  let isQuote = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("## ")) lead = "";
    const newLead = LEAD.exec(line)?.[1];
    if (newLead !== undefined) lead = `${newLead} `;
    if (line.startsWith(PROSE)) isQuote = false;
    if (isQuote) continue;
    written.push(line);
    const ids = idsOfRow(line);
    if (ids === undefined) continue;
    const found = ids.quoted.map((id) => patterns.get(id)).filter((each) => each !== undefined);
    written.push(...quoted([...new Set(found)], lead));
    isQuote = true;
  }
  return written.join("\n");
}
