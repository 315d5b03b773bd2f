import { readFileSync } from "node:fs";
import { z } from "zod";

const fact = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  subject: z.string().min(1),
  emulator: z.string().min(1),
  status: z.enum(["known", "known in part", "assumed", "the emulator's own"]),
  evidence: z.string().min(1),
  /** The option of the emulator that reverses it. */
  option: z.string().optional(),
  /** The question of `npm run probe` that tests it. */
  probe: z.string().optional(),
});

const factsFile = z.strictObject({ about: z.string(), sdk: z.string(), facts: z.array(fact) });
export type FactsFile = z.infer<typeof factsFile>;

export const readFacts = (path: string): FactsFile => factsFile.parse(JSON.parse(readFileSync(path, "utf8")));

const cell = (text: string): string => text.replaceAll("|", "\\|");

export function differencesPage({ sdk, facts }: FactsFile): string {
  const rows = facts.map(({ subject, emulator, status, evidence, option, probe }) => {
    const turned = option === undefined ? "" : `; option \`${option}\``;
    const asked = probe === undefined ? "" : `\`${probe}\``;
    return `| ${[subject, emulator + turned, status, evidence, asked].map(cell).join(" | ")} |`;
  });
  return `# The emulator and the real service

The service has no public specification. **Known** is what the platform's guide says or what its own SDK (\`${sdk}\`) sends,
parses or documents; **assumed** is what the emulator had to decide by itself. Nothing here was measured against the service.

Written from [emulator-facts.json](emulator-facts.json) by \`npm run facts\`: change that file, not this page.

## Ask the real service

\`\`\`sh
AIXPLAIN_API_KEY=... npm run probe -- --url https://platform-api.aixplain.com           # reads only
AIXPLAIN_API_KEY=... npm run probe -- --url https://platform-api.aixplain.com --write   # one throwaway key
\`\`\`

It prints which of the assumptions hold. With \`--write\` it makes one key, changes it, tries one run with it (at most one token of
output) and removes it; and it writes the admin key's own values back to it where that key is listed. The last column names the question.

## The facts

| subject | in the emulator | status | evidence, or what else it might be | probe |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}
