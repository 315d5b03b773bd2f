export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Describes a body without quoting it. */
export const nature = (body: string): string =>
  body.trim() === "" ? "an empty body" : /^\s*</.test(body) ? "a page of HTML" : "a body that is not JSON";

export function detailOf(body: string): string {
  const json = parseJson(body);
  if (typeof json === "object" && json !== null) {
    for (const field of ["message", "error"] as const) {
      const value: unknown = (json as Record<string, unknown>)[field];
      if (typeof value === "string" && value !== "") return value;
      if (Array.isArray(value)) return value.map(String).join("; ");
    }
    return "";
  }
  return body.trim() === "" ? "" : nature(body);
}
