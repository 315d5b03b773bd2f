import { DELETES, UPDATES } from "./faults/change";
import { CHECKS, DIFFS } from "./faults/look";
import { LOST_CREATES } from "./faults/lost-create";
import { READS } from "./faults/read";
import { REFUSED_CREATES } from "./faults/refused-create";
import type { FaultRow } from "./faults/row";

/** A row with the short name by which the page, the test and a person speak of it: `C3`. */
export type NumberedRow = FaultRow & { readonly number: string };

const LETTERS = { check: "N", diff: "P", create: "C", read: "R", update: "U", delete: "D" } as const;

const numbered = (rows: readonly FaultRow[]): readonly NumberedRow[] => {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const at = (seen.get(row.verb) ?? 0) + 1;
    seen.set(row.verb, at);
    return { ...row, number: `${LETTERS[row.verb]}${at}` };
  });
};

/**
 * What goes wrong between the provider and the platform, and what has to follow: what the user sees, what is left on the
 * server, how many calls are made. Every row runs through the real dynamic provider host, and `docs/reliability.md` is
 * written from it.
 */
export const FAULT_MATRIX: readonly NumberedRow[] = numbered([
  ...CHECKS,
  ...DIFFS,
  ...LOST_CREATES,
  ...REFUSED_CREATES,
  ...READS,
  ...UPDATES,
  ...DELETES,
]);
