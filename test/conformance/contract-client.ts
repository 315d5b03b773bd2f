import axios, { type AxiosInstance, isAxiosError } from "axios";
import { z } from "zod";

/** The protocol as raw HTTP: schemas and calls of their own, shared with neither the provider nor the emulator. */
const limit = z.number().int().nonnegative().nullish();
const limitsShape = {
  tpm: limit,
  tpd: limit,
  rpm: limit,
  rpd: limit,
  tokenType: z.enum(["input", "output", "total"]).nullish(),
};
const limits = z.looseObject(limitsShape);
const isoInstant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), { message: "not an ISO date and time" });

/** What both SDK generations need of a key: v1 stops at a key without one of the four fields that are not optional. */
export const wireKey = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  name: z.string().min(1),
  accessKey: z.string().min(8),
  isAdmin: z.boolean(),
  budget: z.number().nonnegative().nullish(),
  globalLimits: limits.nullish(),
  // Never null: both generations iterate over it.
  assetsLimits: z.array(z.looseObject({ ...limitsShape, assetId: z.string().min(1) })).optional(),
  expiresAt: isoInstant.nullish(),
});
export type WireKey = z.infer<typeof wireKey>;

const count = z.number().nonnegative().nullable();
export const wireUsage = z.array(
  z.looseObject({
    requestCount: count,
    requestCountLimit: count,
    tokenCount: count,
    tokenCountLimit: count,
    assetId: z.string().min(1).nullish(),
  }),
);

const named = z.looseObject({ name: z.string() });
const modelShape = {
  id: z.string().min(1),
  name: z.string().min(1),
  function: z.looseObject({ id: z.string().min(1) }),
  supplier: z.unknown(),
  version: z.looseObject({ id: z.unknown() }),
  pricing: z.unknown(),
};
/** v1 reads each of these; a model's attributes are a list there. */
export const wireModelV1 = z.looseObject({
  ...modelShape,
  params: z.array(named.extend({ defaultValues: z.array(z.unknown()) })),
  attributes: z.array(z.unknown()).nullish(),
});
/** v2 has the path, and attributes as a map. */
export const wireModelV2 = z.looseObject({
  ...modelShape,
  path: z.string().includes("/").nullish(),
  params: z.array(named).nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
});

/** v2 takes its text from `message` or `error`, v1 shows the body as it is. */
export const wireError = z
  .looseObject({ statusCode: z.number().int().optional(), message: z.unknown(), error: z.unknown() })
  .refine(({ message, error }) => Boolean(message ?? error), { message: "neither message nor error" });

const tokens = z.number().int().nonnegative();
export const wireRun = z.looseObject({
  status: z.literal("SUCCESS"),
  completed: z.literal(true),
  data: z.string(),
  usedCredits: z.number().nonnegative(),
  runTime: z.number().nonnegative(),
  usage: z.looseObject({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens }),
});

/** v2 polls only addresses of this form. */
export const wirePending = z.looseObject({
  status: z.literal("IN_PROGRESS"),
  data: z.url().regex(/\/(api\/v1\/data\/[\w-]+|sdk\/(models|runs)\/[\w-]+(\/result)?)\/?$/),
});

export type AuthHeader = "Token" | "x-api-key";

export interface ContractRequest {
  key?: string;
  auth?: AuthHeader;
  /** Sent as JSON; without one the request still says that it is JSON, as the SDK does. */
  body?: unknown;
}

export interface ContractAnswer {
  status: number;
  contentType: string;
  body: unknown;
}

export class ContractClient {
  private readonly http: AxiosInstance;

  constructor(baseURL: string) {
    // A redirect would carry the key to wherever it points.
    this.http = axios.create({
      baseURL,
      maxRedirects: 0,
      proxy: false,
      timeout: 60_000,
      validateStatus: () => true,
    });
  }

  async request(
    method: string,
    path: string,
    { key, auth = "x-api-key", body }: ContractRequest = {},
  ): Promise<ContractAnswer> {
    const credentials =
      key === undefined ? {} : auth === "Token" ? { authorization: `Token ${key}` } : { [auth]: key };
    try {
      const { status, headers, data } = await this.http.request<unknown>({
        method,
        url: path,
        headers: { ...credentials, "content-type": "application/json" },
        data: body,
      });
      return { status, contentType: String(headers["content-type"] ?? ""), body: data };
    } catch (error) {
      // An AxiosError shows the request's headers, and so the key.
      const why = isAxiosError(error) ? (error.code ?? error.message) : "no HTTP error";
      throw new Error(`${method} ${path}: ${why}`);
    }
  }
}
