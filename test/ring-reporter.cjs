// Prints, at the end of a run, how long each ring of the suite took and how many tests it ran.
class RingReporter {
  constructor() {
    this.rings = new Map();
  }

  onTestResult(test, result) {
    const name = test.context.config.displayName?.name ?? "tests";
    const ring = this.rings.get(name) ?? { passed: 0, failed: 0, skipped: 0, milliseconds: 0 };
    ring.passed += result.numPassingTests;
    ring.failed += result.numFailingTests;
    ring.skipped += result.numPendingTests;
    ring.milliseconds += result.perfStats.end - result.perfStats.start;
    this.rings.set(name, ring);
  }

  onRunComplete() {
    const rows = [...this.rings].map(
      ([name, { passed, failed, skipped, milliseconds }]) =>
        `  ${name.padEnd(14)}${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed ${String(skipped).padStart(3)} skipped ${(milliseconds / 1000).toFixed(1).padStart(8)} s`,
    );
    process.stdout.write(
      `\nRings (time is the sum over the ring's files, which run side by side):\n${rows.join("\n")}\n`,
    );
  }
}

module.exports = RingReporter;
