import { EmulatorError } from "../errors.js";

type Row = Record<string, unknown>;

interface Statement {
  run(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown[];
}

interface Driver {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): void;
}

export class Connection {
  private constructor(private readonly driver: Driver) {}

  /**
   * Loads the driver late: an emulator in memory needs no native code.
   * @throws `EmulatorError` without a driver
   */
  static open(file: string): Connection {
    const driver = openLibsql(file) ?? openBuiltIn(file);
    if (driver === undefined) {
      throw new EmulatorError(
        "stored data requires SQLite: run on Node.js 22.13 or newer, or install the package libsql (npm install libsql)",
      );
    }
    return new Connection(driver);
  }

  exec(sql: string): void {
    this.driver.exec(sql);
  }

  prepare(sql: string): Statement {
    return this.driver.prepare(sql);
  }

  all(sql: string): Row[] {
    return this.driver.prepare(sql).all() as Row[];
  }

  close(): void {
    this.driver.close();
  }
}

const isMissing = (error: unknown): boolean =>
  ["MODULE_NOT_FOUND", "ERR_UNKNOWN_BUILTIN_MODULE"].includes(String((error as { code?: unknown }).code));

function openLibsql(file: string): Driver | undefined {
  let Database: new (file: string) => Driver;
  try {
    Database = require("libsql");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return new Database(file);
}

function openBuiltIn(file: string): Driver | undefined {
  let builtIn: { DatabaseSync: new (file: string) => Driver };
  try {
    builtIn = require("node:sqlite");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return new builtIn.DatabaseSync(file);
}
