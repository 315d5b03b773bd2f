/**
 * The end of the present turn of the event loop, shared by all who wait for it. Runs that arrived in one turn are
 * answered together at its end: what the system does to wake the waiting clients is then done once for all of them.
 */
export class Turn {
  private ending: Promise<void> | undefined;

  end(): Promise<void> {
    this.ending ??= new Promise((resolve) => {
      setImmediate(() => {
        this.ending = undefined;
        resolve();
      });
    });
    return this.ending;
  }
}
