/** Undocumented behaviour of the service: what the emulator assumes, and the alternatives. */
export interface Assumptions {
  /** What a limit of 0 means. SDK v2 writes 0 for every missing limit. */
  readonly zeroMeans: "nothing" | "unlimited";
  /** What an update does to a field that is missing in its body. */
  readonly absentFields: "keep" | "clear";
  /** What an update does to a limit that is missing in its limits. */
  readonly absentLimits: "keep" | "clear";
  /** The admin key: listed and open to updates, listed and refused (403), or not listed. */
  readonly adminKeyInList: "updatable" | "protected" | "hidden";
}

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
