/** The bench cannot go on: something that it drives did not do what it has to do for a measurement to mean anything. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}
