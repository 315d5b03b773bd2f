/**
 * The end of the current turn of the event loop. Runs that arrive in one turn are answered together, which wakes
 * waiting clients once.
 */
export class Turn {
  private waiting: (() => void)[] = [];

  atEnd(answer: () => void): void {
    if (this.waiting.push(answer) > 1) return;
    setImmediate(() => {
      const answers = this.waiting;
      this.waiting = [];
      for (const one of answers) one();
    });
  }
}
