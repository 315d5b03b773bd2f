import type { z } from "zod";
import * as answers from "./answers.js";
import * as keys from "./key-operations.js";
import * as models from "./model-operations.js";
import type { Operation } from "./operation.js";
import type { RouteName } from "./route-name.js";

export interface Route {
  readonly name: RouteName;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly access: "any" | "admin";
  /** Latency and rate limit apply to management calls only. */
  readonly side: "management" | "runs";
  readonly operation: Operation;
  readonly answer: z.ZodType;
}

const admin = { access: "admin", side: "management" } as const;
const any = { access: "any", side: "management" } as const;
const run = { name: "runModel", method: "POST", access: "any", side: "runs", answer: answers.run } as const;

/** The `*` accepts a model path as it is or percent-encoded. */
export const routes: readonly Route[] = [
  {
    name: "listKeys",
    method: "GET",
    url: "/sdk/api-keys",
    ...admin,
    operation: keys.listKeys,
    answer: answers.keys,
  },
  {
    name: "createKey",
    method: "POST",
    url: "/sdk/api-keys",
    ...admin,
    operation: keys.createKey,
    answer: answers.key,
  },
  {
    name: "ownUsage",
    method: "GET",
    url: "/sdk/api-keys/usage-limits",
    ...any,
    operation: keys.ownUsage,
    answer: answers.usage,
  },
  {
    name: "getKey",
    method: "GET",
    url: "/sdk/api-keys/:id",
    ...admin,
    operation: keys.getKey,
    answer: answers.maskedKey,
  },
  {
    name: "updateKey",
    method: "PUT",
    url: "/sdk/api-keys/:id",
    ...admin,
    operation: keys.updateKey,
    answer: answers.maskedKey,
  },
  {
    name: "deleteKey",
    method: "DELETE",
    url: "/sdk/api-keys/:id",
    ...admin,
    operation: keys.deleteKey,
    answer: answers.nothing,
  },
  {
    name: "keyUsage",
    method: "GET",
    url: "/sdk/api-keys/:id/usage-limits",
    ...admin,
    operation: keys.keyUsage,
    answer: answers.usage,
  },
  {
    name: "getModel",
    method: "GET",
    url: "/sdk/models/:id",
    ...any,
    operation: models.getModelV1,
    answer: answers.modelV1,
  },
  {
    name: "getModel",
    method: "GET",
    url: "/v2/models/*",
    ...any,
    operation: models.getModelV2,
    answer: answers.modelV2,
  },
  { ...run, url: "/api/v1/execute/*", operation: models.runAsync },
  { ...run, url: "/api/v2/execute/*", operation: models.runSync },
  { ...run, name: "pollRun", method: "GET", url: "/api/v1/data/:id", operation: models.pollRun },
];

const words = new Set(routes.flatMap(({ url }) => url.split("/")));

export const isPartOfRoute = (word: string): boolean => words.has(word);
