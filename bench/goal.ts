export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit?: string;
}

export const isMet = ({ measured, atMost = Number.POSITIVE_INFINITY, atLeast = 0 }: Goal): boolean =>
  measured <= atMost && measured >= atLeast;
