import type { Problem } from "../errors";

/** A number or an empty text must not pass for "no trigger": its change would end no key. */
export function triggerProblems(value: unknown): Problem[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string" && value.trim() !== "") return [];
  const reason = "must be a text that is not empty: give it any text, or leave it out";
  return [{ property: "rotationTrigger", reason }];
}
