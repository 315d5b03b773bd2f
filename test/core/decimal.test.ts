import fc from "fast-check";
import { decimal, decimalText, isEqual, percent, product, sum, toNumber } from "../../provider/core/decimal";

const finite = fc.double({ min: 0, max: 1e15, noNaN: true }).map(Math.abs);

test("decimals add up as people add them, and not as binary fractions do", () => {
  expect(0.1 + 0.2).not.toBe(0.3);
  expect(isEqual(sum([decimal(0.1), decimal(0.2)]), decimal(0.3))).toBe(true);
  expect(isEqual(sum([33.3, 33.3, 33.3].map(decimal)), decimal(100))).toBe(false);
  expect(decimalText(sum([33.3, 33.3, 33.3].map(decimal)))).toBe("99.9");
  expect(decimalText(product(decimal(1000), percent(decimal(33.3))))).toBe("333");
});

test("a number is read as it is written, with an exponent too", () => {
  expect([0, 5, 1.5, 1e21, 1.25e-7, 1e-7].map((value) => decimalText(decimal(value)))).toEqual([
    "0",
    "5",
    "1.5",
    "1000000000000000000000",
    "0.000000125",
    "0.0000001",
  ]);
});

test("every number comes back as itself", () => {
  fc.assert(fc.property(finite, (value) => expect(toNumber(decimal(value))).toBe(value)));
});

test("what no number holds exactly is told apart", () => {
  expect(toNumber(product(decimal(1234567.891), percent(decimal(12.345678901))))).toBeUndefined();
  expect(toNumber(product(decimal(1000), percent(decimal(12.5))))).toBe(125);
});
