/** Lines on a terminal, a pipe or a file. They are dropped when nobody reads them. */
export class Output {
  private isOpen = true;

  constructor(private readonly stream: NodeJS.WritableStream) {
    stream.on("error", () => {
      this.isOpen = false;
    });
  }

  line(text: string): void {
    if (!this.isOpen) return;
    try {
      this.stream.write(`${text}\n`);
    } catch {
      // On a full disk the next line may find room again.
    }
  }
}
