import fc from "fast-check";
import {
  type Attempt,
  DEFAULT_POLICY,
  decide,
  type Failure,
  retryAfterMs,
} from "../../../provider/api/retry";

const GET: Attempt = { number: 1, faults: 1, idempotent: true, elapsedMs: 0 };
const POST: Attempt = { ...GET, idempotent: false };
const STOP = { retry: false };

const status = (code: number, retryAfter?: number): Failure => ({
  kind: "status",
  status: code,
  retryAfterMs: retryAfter,
});
const most = () => 0.999_999_999;
const least = () => 0;

function schedule(failure: Failure, first: Attempt): number[] {
  const waits: number[] = [];
  for (let number = 1; waits.length < 20; number += 1) {
    const decision = decide(failure, { ...first, number, faults: number }, most);
    if (!decision.retry) break;
    waits.push(decision.delayMs);
  }
  return waits;
}

const failures = fc.oneof(
  fc.constantFrom<Failure>({ kind: "never-arrived" }, { kind: "connection" }),
  fc
    .tuple(fc.constantFrom(400, 401, 404, 422, 429, 500, 503), fc.option(fc.nat(), { nil: undefined }))
    .map(([code, wait]) => status(code, wait)),
);

describe("the schedule of a read, an update or a delete", () => {
  it("is five attempts, waiting up to twice as long each time", () => {
    expect(schedule({ kind: "connection" }, GET)).toEqual([250, 500, 1000, 2000]);
    expect(schedule({ kind: "never-arrived" }, GET)).toEqual([250, 500, 1000, 2000]);
  });

  it.each([[500], [502], [503], [504]])("is the same after an answer of %d", (code) => {
    expect(schedule(status(code), GET)).toEqual([250, 500, 1000, 2000]);
  });

  it.each([[301], [400], [401], [403], [404], [409], [418], [422], [501], [505]])(
    "ends with an answer of %d, which says the same when it is asked again",
    (code) => {
      expect(decide(status(code), GET, most)).toEqual(STOP);
      expect(decide(status(code, 1000), GET, most)).toEqual(STOP);
    },
  );
});

describe("the schedule of a create", () => {
  it("is five attempts where the request provably never arrived", () => {
    expect(schedule({ kind: "never-arrived" }, POST)).toEqual([250, 500, 1000, 2000]);
  });

  it("is one attempt after every failure that may have been carried out all the same", () => {
    expect(decide({ kind: "connection" }, POST, most)).toEqual(STOP);
    for (const code of [500, 502, 503, 504]) {
      expect(decide(status(code), POST, most)).toEqual(STOP);
      expect(decide(status(code, 1000), POST, most)).toEqual(STOP);
    }
  });

  it("goes on after 429, which turns a request away before anything is done", () => {
    expect(decide(status(429, 3000), POST, least)).toEqual({ retry: true, delayMs: 3000 });
  });

  it("never repeats an ambiguous failure, whatever else is true", () => {
    fc.assert(
      fc.property(
        failures,
        fc.nat({ max: 100 }),
        fc.nat({ max: 2_000_000 }),
        (failure, number, elapsedMs) => {
          const decision = decide(failure, { number, faults: number, idempotent: false, elapsedMs }, least);
          const harmless =
            failure.kind === "never-arrived" || (failure.kind === "status" && failure.status === 429);
          if (!harmless) expect(decision).toEqual(STOP);
        },
      ),
    );
  });
});

describe("a wait", () => {
  it("is anything from 0 to its bound, so that clients that failed together come back apart", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        (random, number) => {
          const decision = decide(status(429), { ...GET, number, faults: 0 }, () => random);
          const bound = Math.min(8000, 250 * 2 ** (number - 1));
          expect(decision).toEqual({ retry: true, delayMs: Math.round(random * bound) });
        },
      ),
    );
  });

  it("never exceeds 8 seconds where the platform does not say how long", () => {
    const policy = { ...DEFAULT_POLICY, maxAttempts: 10_000 };
    const late = decide({ kind: "connection" }, { ...GET, number: 5000, faults: 5000 }, most, policy);
    expect(late).toEqual({ retry: true, delayMs: 8000 });
  });

  it("is never shorter than what the platform asks for, and at most 250 ms longer", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(429, 503),
        fc.nat({ max: 120_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (code, asked, random) => {
          const decision = decide(status(code, asked), GET, () => random);
          const delay = decision.retry ? decision.delayMs : Number.NaN;
          expect(delay).toBeGreaterThanOrEqual(asked);
          expect(delay).toBeLessThanOrEqual(asked + 250);
        },
      ),
    );
  });

  it("of more than two minutes is not waited for, even after 429", () => {
    expect(decide(status(429, 120_000), GET, least)).toEqual({ retry: true, delayMs: 120_000 });
    expect(decide(status(429, 120_001), GET, least)).toEqual(STOP);
    expect(decide(status(503, 120_001), GET, least)).toEqual(STOP);
    expect(decide(status(429, Number.POSITIVE_INFINITY), GET, least)).toEqual(STOP);
  });
});

describe("being paced with 429", () => {
  it("goes on for 15 minutes, however many attempts that takes", () => {
    const minutes = (count: number) => ({ ...POST, number: 400, faults: 0, elapsedMs: count * 60_000 });
    expect(decide(status(429), minutes(14.9), least)).toEqual({ retry: true, delayMs: 0 });
    expect(decide(status(429), minutes(15), least)).toEqual(STOP);
  });

  it("is not a fault: what goes wrong afterwards has all of its attempts", () => {
    const paced = { ...GET, number: 9, faults: 1, elapsedMs: 60_000 };
    expect(decide(status(503), paced, most)).toEqual({ retry: true, delayMs: 250 });
    expect(decide({ kind: "connection" }, paced, most)).toEqual({ retry: true, delayMs: 250 });
    expect(decide(status(503), { ...paced, number: 12, faults: 5 }, least)).toEqual(STOP);
  });
});

describe("the Retry-After header", () => {
  const now = Date.parse("2026-06-15T10:00:00Z");
  const read = (header: string | undefined) => retryAfterMs(header, now);

  it.each([
    ["0", 0],
    ["1", 1000],
    [" 30 ", 30_000],
    ["0.5", 500],
    ["1.0001", 1001],
    ["86400", 86_400_000],
  ])("may say seconds: %p", (header, expected) => {
    expect(read(header)).toBe(expected);
  });

  it.each([
    ["as servers write them now", "Mon, 15 Jun 2026 10:00:05 GMT"],
    ["with the day's name in full", "Monday, 15-Jun-26 10:00:05 GMT"],
    ["as C writes them", "Mon Jun 15 10:00:05 2026"],
  ])("may say a date, %s", (_, header) => {
    expect(read(header)).toBe(5000);
  });

  it("that says a date in the past asks for no wait", () => {
    expect(read("Mon, 15 Jun 2026 09:59:59 GMT")).toBe(0);
    expect(read("Thu, 01 Jan 1970 00:00:00 GMT")).toBe(0);
  });

  it("may be absurdly far away, and then ends the attempts", () => {
    for (const header of ["9".repeat(30), "1".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"]) {
      expect(decide(status(429, read(header)), GET, least)).toEqual(STOP);
    }
  });

  it.each([[undefined], [""], ["  "], ["soon"], ["-5"], ["1e3"], ["0x10"], ["5 minutes"], ["NaN"], ["1,5"]])(
    "says nothing when it is %p, and the policy's own wait holds",
    (header) => {
      expect(read(header)).toBeUndefined();
      expect(decide(status(503, read(header)), GET, most)).toEqual({ retry: true, delayMs: 250 });
    },
  );
});

describe("the jitter on top of what the platform asks for", () => {
  it("is at most a tenth of the wait, and at most as long as the first wait of one's own", () => {
    const wait = (asked: number, random: () => number) => decide(status(503, asked), GET, random);
    expect(wait(1000, least)).toEqual({ retry: true, delayMs: 1000 });
    expect(wait(1000, () => 0.5)).toEqual({ retry: true, delayMs: 1050 });
    expect(wait(60_000, () => 0.5)).toEqual({
      retry: true,
      delayMs: 60_000 + DEFAULT_POLICY.baseDelayMs / 2,
    });
  });
});
