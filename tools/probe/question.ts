import { z } from "zod";
import type { Service } from "./service";

export interface Finding {
  readonly holds: boolean | undefined;
  readonly saw: string;
}

export const yes = (saw: string): Finding => ({ holds: true, saw });
export const no = (saw: string): Finding => ({ holds: false, saw });
export const unclear = (saw: string): Finding => ({ holds: undefined, saw });
export const judge = (holds: boolean, saw: string): Finding => ({ holds, saw });

const count = z.number().nullish();
const limits = z.looseObject({ tpm: count, tpd: count, rpm: count, rpd: count });

export const wireKey = z.looseObject({
  id: z.string(),
  name: z.string(),
  accessKey: z.string(),
  budget: z.number().nullish(),
  globalLimits: limits.nullish(),
  assetsLimits: z.array(z.looseObject({ assetId: z.string() })).nullish(),
  expiresAt: z.string().nullish(),
  isAdmin: z.boolean().optional(),
});
export type WireKey = z.infer<typeof wireKey>;

export interface Reading {
  readonly service: Service;
  readonly keys: readonly WireKey[];
}

/** The input of a question about the throwaway key: the created key with its secret. */
export interface Writing extends Reading {
  readonly key: WireKey;
  readonly model: string;
  /** Registers a key that a question created, so that it is removed at the end. */
  remove(id: string): void;
}

export interface Question<Given> {
  readonly id: string;
  readonly assumption: string;
  ask(given: Given): Promise<Finding>;
}
