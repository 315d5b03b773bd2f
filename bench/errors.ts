/** The bench cannot measure, because a program that it drives failed. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}
