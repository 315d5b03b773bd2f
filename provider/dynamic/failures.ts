import { type Problem, problemInWords } from "../core/errors";

/** Failures without a property: the engine would print its value, `{<nil>}` when nested, and secrets in clear text. */
export const failuresOf = (problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ property: "", reason: problemInWords(problem) }));
