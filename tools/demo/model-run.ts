import axios from "axios";
import { z } from "zod";

const answer = z.object({
  data: z.unknown().optional(),
  usage: z.object({ total_tokens: z.number() }).optional(),
  message: z.string().optional(),
  error: z.string().optional(),
});

export interface ModelRun {
  readonly status: number;
  readonly summary: string;
}

/** Runs a model as the SDK does. */
export async function runModel(
  runUrl: string,
  model: string,
  accessKey: string,
  body: object,
): Promise<ModelRun> {
  const { status, data } = await axios.post<unknown>(`${runUrl.replace("/v1/", "/v2/")}/${model}`, body, {
    headers: { "x-api-key": accessKey },
    validateStatus: () => true,
  });
  const read = answer.safeParse(data);
  if (!read.success) return { status, summary: "an answer of an unknown shape" };
  const { data: text, usage, message, error } = read.data;
  return {
    status,
    summary: usage ? `${JSON.stringify(text)} (${usage.total_tokens} tokens)` : (message ?? error ?? ""),
  };
}
