import { z } from "zod";

const values = z.record(z.string(), z.unknown()).default({});
const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: values,
  outputs: values,
});
const exported = z.object({ deployment: z.object({ resources: z.array(resource).default([]) }) });

export const exportedKeys = (state: string): z.infer<typeof resource>[] =>
  exported.parse(JSON.parse(state)).deployment.resources.filter(({ type }) => type.endsWith(":ApiKey"));
