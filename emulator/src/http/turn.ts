/**
 * The end of the current turn of the event loop. Runs that arrive in one turn are answered together, which wakes
 * waiting clients once.
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
