/** A decimal number, exactly: `digits` tenths, hundredths and so on, as `places` says. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const WRITTEN = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

const power = (places: number): bigint => 10n ** BigInt(places);

/** The number that was written: 0.1 is a tenth, and not the binary fraction beside it. `value` is finite and not below 0. */
export function decimal(value: number): Decimal {
  const [, whole = "0", fraction = "", exponent = "0"] = WRITTEN.exec(String(Math.abs(value))) ?? [];
  const digits = BigInt(whole + fraction);
  const places = fraction.length - Number(exponent);
  return places < 0 ? { digits: digits * power(-places), places: 0 } : { digits, places };
}

const widened = ({ digits, places }: Decimal, to: number): bigint => digits * power(to - places);

export function sum(values: readonly Decimal[]): Decimal {
  const places = Math.max(0, ...values.map((each) => each.places));
  return { digits: values.reduce((all, each) => all + widened(each, places), 0n), places };
}

export const product = (a: Decimal, b: Decimal): Decimal => ({
  digits: a.digits * b.digits,
  places: a.places + b.places,
});

/** A hundredth for each percent. */
export const percent = (value: Decimal): Decimal => ({ ...value, places: value.places + 2 });

export function isEqual(a: Decimal, b: Decimal): boolean {
  const places = Math.max(a.places, b.places);
  return widened(a, places) === widened(b, places);
}

/** As people write it: `33.3`. */
export function decimalText({ digits, places }: Decimal): string {
  const text = digits.toString().padStart(places + 1, "0");
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** The number that is written like this; `undefined` where a number would only be near. */
export function toNumber(value: Decimal): number | undefined {
  const near = Number(decimalText(value));
  return Number.isFinite(near) && isEqual(decimal(near), value) ? near : undefined;
}
