/** What the emulator assumes of the service where nobody knows, and what else it may be told to assume. */
export interface Assumptions {
  /** What a 0 among the limits of a key or model means. The SDK's second generation writes it into every gap. */
  readonly zeroMeans: "nothing" | "unlimited";
  /** What an update does to a field that is absent from its body: leave what was there, or clear it. */
  readonly absentFields: "keep" | "clear";
  /** What an update does to a limit that is absent from limits in its body. */
  readonly absentLimits: "keep" | "clear";
  /** The account's own admin key: listed and open to updates, listed and refused (403), or not in the list at all. */
  readonly adminKeyInList: "updatable" | "protected" | "hidden";
}

/** The values that each may take, the assumed one first. */
export const ASSUMPTIONS: { readonly [Name in keyof Assumptions]: readonly Assumptions[Name][] } = {
  zeroMeans: ["nothing", "unlimited"],
  absentFields: ["keep", "clear"],
  absentLimits: ["clear", "keep"],
  adminKeyInList: ["updatable", "protected", "hidden"],
};

export const assumed: Assumptions = {
  zeroMeans: "nothing",
  absentFields: "keep",
  absentLimits: "clear",
  adminKeyInList: "updatable",
};
