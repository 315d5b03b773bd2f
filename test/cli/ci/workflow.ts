import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";

export const CI = join(__dirname, "..", "..", "..", "examples", "ci");
const WORKFLOWS = join(CI, ".github", "workflows");

const step = z.strictObject({
  name: z.string().optional(),
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
export type Step = z.infer<typeof step>;

const permissions = z.record(z.string(), z.enum(["read", "write"]));

const workflow = z.strictObject({
  name: z.string(),
  on: z.unknown(),
  permissions,
  defaults: z.strictObject({ run: z.strictObject({ shell: z.literal("bash") }) }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      if: z.string().optional(),
      needs: z.string().optional(),
      strategy: z
        .strictObject({ "fail-fast": z.literal(false), matrix: z.strictObject({ stack: z.string() }) })
        .optional(),
      "runs-on": z.literal("ubuntu-latest"),
      "timeout-minutes": z.number(),
      environment: z.string().optional(),
      concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() }),
      permissions,
      steps: z.array(step).min(1),
    }),
  ),
});
export type Workflow = z.infer<typeof workflow>;

/** The text of a workflow that a team copies. */
export const textOf = (name: string): string => readFileSync(join(WORKFLOWS, `${name}.yml`), "utf8");

/** A workflow that a team copies; one with a key that is not listed here is refused. */
export const workflowOf = (name: string): Workflow => workflow.parse(parse(textOf(name)));

export const NAMES = readdirSync(WORKFLOWS).map((file) => file.replace(/\.yml$/, ""));

/** The text with the value of each expression in its place, as GitHub writes it there. */
export function evaluated(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const value = values[expression];
    if (value === undefined) throw new Error(`the test has no value for the expression ${expression}`);
    return value;
  });
}
