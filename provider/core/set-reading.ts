import { type Decimal, decimal } from "./decimal";
import { didYouMean, nearest } from "./did-you-mean";
import type { Problem } from "./errors";
import { UNPRINTABLE } from "./name";
import { isPlainObject, kind, show } from "./quote";

type Fields = Readonly<Record<string, unknown>>;

export interface Named {
  readonly name: string;
  readonly path: string;
  readonly fields: Fields;
}

export class SetReading {
  readonly problems: Problem[] = [];

  refuse(property: string, reason: string): void {
    this.problems.push({ property, reason });
  }

  object(property: string, value: unknown, noun: string): Fields {
    if (value === undefined || value === null) return {};
    if (isPlainObject(value)) return value;
    this.refuse(property, `must be ${noun}; got ${kind(value)}`);
    return {};
  }

  foreign(path: string, fields: Fields, known: readonly string[], of: string): void {
    for (const name of Object.keys(fields).filter((each) => !known.includes(each))) {
      const where = path === "" ? name : `${path}.${name}`;
      if (name === "name" && path !== "") {
        this.refuse(where, "is not allowed in a set: leave it out. The keys of a set have automatic names");
      } else {
        const hint = didYouMean(nearest(name, known));
        this.refuse(where, `is not a property of ${of}${hint} (known: ${known.join(", ")})`);
      }
    }
  }

  entries(path: string, value: unknown, noun: string): Named[] {
    const map = this.object(path, value, `an object with an entry for each ${noun}`);
    return Object.entries(map).map(([name, entry]) => {
      const at = `${path}.${name}`;
      const problem = badName(name);
      if (problem) this.refuse(at, `${problem}: give the ${noun} another name`);
      return { name, path: at, fields: this.object(at, entry, "an object") };
    });
  }

  number(property: string, value: unknown, noun: string, most: number): Decimal | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && value >= 0 && value <= most) return decimal(value);
    const range = most === 100 ? "from 0 to 100" : "0 or more";
    this.refuse(property, `must be ${noun}, ${range}, known when the program starts; got ${kind(value)}`);
    return undefined;
  }
}

function badName(name: string): string | undefined {
  if (name.trim() === "" || name !== name.trim()) return "is empty or has surrounding spaces";
  if (name.includes("/") || name.includes("::")) return `contains ${show(name.includes("/") ? "/" : "::")}`;
  return UNPRINTABLE.test(name) ? "contains a control character" : undefined;
}
