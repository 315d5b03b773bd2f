/** Lines on a terminal, a pipe or a file. When nobody takes them any more, they are lost and nothing else is. */
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
      // A file on a full disk: the next line may find room again.
    }
  }
}
