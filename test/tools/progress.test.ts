import { createProgress, formatElapsed } from "../../tools/pulumi-cli/progress";

const ERASE_LINE = "\r\u001b[2K";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function display(isTTY: boolean) {
  const written: string[] = [];
  const progress = createProgress({ isTTY, columns: 60, write: (text) => written.push(text) });
  return { written, progress };
}

describe("progress", () => {
  test("in a log a step shows itself every fifteen seconds, with what it is at", () => {
    const { written, progress } = display(false);
    const step = progress.begin("Building");
    step.detail("1 of 9 packages");
    jest.advanceTimersByTime(31_000);
    step.done("obtained");
    jest.advanceTimersByTime(60_000);
    expect(written).toEqual([
      "  Building ...\n",
      "  Building ... 15 s (1 of 9 packages)\n",
      "  Building ... 30 s (1 of 9 packages)\n",
      "  ok Building: obtained [31 s]\n",
    ]);
  });

  test("on a terminal it rewrites one line every second, never longer than the terminal", () => {
    const { written, progress } = display(true);
    const step = progress.begin("Building");
    step.detail("x".repeat(200));
    jest.advanceTimersByTime(2_000);
    expect(written).toHaveLength(3);
    for (const text of written) {
      expect(text.startsWith(ERASE_LINE)).toBe(true);
      expect(text.length - ERASE_LINE.length).toBeLessThan(60);
    }
    step.failed("no luck\nand details");
    expect(written.at(-1)).toBe(`${ERASE_LINE}  -- Building: no luck [2 s]\n`);
  });

  test("time is told in seconds, then in minutes", () => {
    expect([0, 59_400, 60_000, 185_000].map(formatElapsed)).toEqual([
      "0 s",
      "59 s",
      "1 min 00 s",
      "3 min 05 s",
    ]);
  });
});
