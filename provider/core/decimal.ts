/** An exact decimal number: `digits` divided by ten to the power of `places`. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const WRITTEN = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

const power = (places: number): bigint => 10n ** BigInt(places);

/** The number as written: 0.1 is one tenth. `value` is finite and 0 or more. */
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

export const percent = (value: Decimal): Decimal => ({ ...value, places: value.places + 2 });

export function isEqual(a: Decimal, b: Decimal): boolean {
  const places = Math.max(a.places, b.places);
  return widened(a, places) === widened(b, places);
}

export function decimalText({ digits, places }: Decimal): string {
  const text = digits.toString().padStart(places + 1, "0");
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, "");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** `undefined` if a number cannot hold the decimal exactly. */
export function toNumber(value: Decimal): number | undefined {
  const near = Number(decimalText(value));
  return Number.isFinite(near) && isEqual(decimal(near), value) ? near : undefined;
}
