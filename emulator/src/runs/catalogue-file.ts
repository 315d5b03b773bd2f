import { z } from "zod";
import type { CatalogueModel } from "./catalogue.js";

const model = z.strictObject({
  id: z.string().min(1),
  path: z.string().includes("/").optional(),
  name: z.string().min(1).optional(),
  supplier: z.string().min(1).default("aiXplain"),
  inputPrice: z.number().min(0).default(0.1),
  outputPrice: z.number().min(0).default(0.2),
  connection: z.enum(["synchronous", "asynchronous"]).default("synchronous"),
  supportsStreaming: z.boolean().default(true),
});

export const catalogueFile = z
  .array(model)
  .min(1)
  .transform((models): CatalogueModel[] => models.map((each) => ({ ...each, name: each.name ?? each.id })));
