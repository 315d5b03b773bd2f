import { z } from "zod";
import type { ApiKeyDeclaration } from "../account/api-key.js";
import type { Assumptions } from "../account/assumptions.js";
import { EARLIEST, LATEST } from "../account/clock.js";
import {
  type AssetLimits,
  toLimits,
  writtenAssetLimitsSchema,
  writtenLimitsSchema,
} from "../account/limits.js";
import { badRequest, type Problem } from "../errors.js";
import type { Catalogue } from "../runs/catalogue.js";

const instant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, { message: "is not a date and time in ISO 8601" });

/** The writable fields. Others (`id`, `accessKey`, `isAdmin`) are ignored. */
const writeBody = z.object({
  name: z.string().trim().min(1).max(255).nullish(),
  budget: z.number().min(0).nullish(),
  globalLimits: writtenLimitsSchema.nullish(),
  assetsLimits: z.array(writtenAssetLimitsSchema).nullish(),
  expiresAt: instant.nullish(),
});
export type WriteBody = z.infer<typeof writeBody>;
export const WRITABLE_FIELDS: readonly string[] = Object.keys(writeBody.shape);

/** An offset may lead to a year without four digits. */
const isWritable = (millis: number): boolean => millis >= EARLIEST && millis <= LATEST;

export function parseWriteBody(body: unknown, catalogue: Catalogue, nameRequired: boolean): WriteBody {
  const parsed = writeBody.safeParse(body ?? {});
  const problems: Problem[] = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ path: pathOf(path), message }));
  const loose = body as { name?: unknown; assetsLimits?: unknown } | null | undefined;
  if (nameRequired && (loose?.name === undefined || loose.name === null)) {
    problems.push({ path: "name", message: "is required" });
  }
  problems.push(...assetProblems(loose?.assetsLimits, catalogue));
  if (problems.length > 0 || !parsed.success) throw badRequest(problems, parsed.error);
  return parsed.data;
}

function* assetProblems(assets: unknown, catalogue: Catalogue): Generator<Problem> {
  if (!Array.isArray(assets)) return;
  const seen = new Map<string, number>();
  for (const [index, asset] of assets.entries()) {
    const assetId: unknown = asset?.assetId;
    if (typeof assetId !== "string" || assetId === "") continue;
    const path = `assetsLimits[${index}].assetId`;
    if (!catalogue.hasId(assetId)) {
      yield { path, message: problemOf(catalogue, assetId) };
    }
    const first = seen.get(assetId);
    if (first !== undefined) yield { path, message: `is the same model as assetsLimits[${first}]` };
    else seen.set(assetId, index);
  }
}

function problemOf(catalogue: Catalogue, assetId: string): string {
  const model = catalogue.find(assetId);
  if (model?.path === assetId) return `is a path; use the model's id ${model.id}`;
  if (model !== undefined) return `is written as ${model.id}`;
  return catalogue.isOpen ? "is not a model id: a model id has 24 hexadecimal digits" : "is not a model id";
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** An ISO date or date and time, by default UTC; `undefined` for anything else. */
function parseInstant(text: string): number | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [, year, month, day, time = "00:00", fraction = "0", zone = "Z"] = match;
  const date = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date) || new Date(date).getUTCDate() !== Number(day)) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const seconds = time.length === 5 ? `${time}:00` : time;
  const millis = Date.parse(
    `${year}-${month}-${day}T${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}${offset}`,
  );
  return isWritable(millis) ? millis : undefined;
}

/**
 * Applies a body. `null` clears. `before` decides on missing fields (without it they are cleared), `absentLimits` on
 * missing limits.
 */
export function toDeclaration(
  body: WriteBody,
  before?: ApiKeyDeclaration,
  absentLimits: Assumptions["absentLimits"] = "clear",
): ApiKeyDeclaration {
  const { budget, globalLimits, assetsLimits, expiresAt } = body;
  const keeps = absentLimits === "keep";
  const limitsOf = (id: string) => before?.assetsLimits.find(({ assetId }) => assetId === id);
  return {
    name: body.name ?? before?.name ?? "",
    budget: budget === undefined ? (before?.budget ?? null) : budget,
    globalLimits:
      globalLimits === undefined
        ? (before?.globalLimits ?? null)
        : globalLimits && toLimits(globalLimits, keeps ? before?.globalLimits : null),
    assetsLimits:
      assetsLimits === undefined
        ? (before?.assetsLimits ?? [])
        : (assetsLimits ?? []).map(
            (asset): AssetLimits => ({
              ...toLimits(asset, keeps ? limitsOf(asset.assetId) : null),
              assetId: asset.assetId,
            }),
          ),
    expiresAt:
      expiresAt === undefined ? (before?.expiresAt ?? null) : (parseInstant(expiresAt ?? "") ?? null),
  };
}
