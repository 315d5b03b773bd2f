import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import type Libsql from "libsql";
import { EmulatorError } from "../errors.js";

/** What is kept: a JSON text under a kind and a name. */
export interface Entry {
  kind: string;
  name: string;
  body: string;
}

/** Names an entry that is no longer there. */
export type Removal = Omit<Entry, "body">;

const FORMAT = 1;
/** Sums of row hashes stay below 2^53 and so are exact. */
const MODULUS = 2 ** 48;

const SCHEMA = `
  CREATE TABLE entries (
    kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, name)
  ) WITHOUT ROWID;
  CREATE TABLE manifest (
    one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, count INTEGER NOT NULL, sum INTEGER NOT NULL
  );
  INSERT INTO manifest VALUES (1, ${FORMAT}, 0, 0);
`;

/**
 * Entries in an SQLite database in a directory of its own. Each write is one transaction, and a manifest in the same
 * transaction counts and sums the rows, so that a row that was lost or altered on disk is noticed when it is opened.
 */
export class EntryStore {
  private readonly hashes = new Map<string, number>();
  private sum = 0;
  private readonly upsert: Libsql.Statement;
  private readonly remove: Libsql.Statement;
  private readonly count: Libsql.Statement;

  private constructor(
    private readonly database: Libsql.Database,
    entries: readonly Entry[],
  ) {
    for (const entry of entries) this.account(keyOf(entry), hashOf(entry));
    this.upsert = database.prepare("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)");
    this.remove = database.prepare("DELETE FROM entries WHERE kind = ? AND name = ?");
    this.count = database.prepare("UPDATE manifest SET count = ?, sum = ?");
  }

  /**
   * Opens the database in a directory, which is made when it is not there.
   *
   * @param durable whether a write also waits for the disk, and so outlives a loss of power
   * @throws an `EmulatorError` when it is damaged or in use by another process
   */
  static open(directory: string, durable: boolean): EntryStore {
    const file = join(directory, "account.db");
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      if (!existsSync(file)) {
        if (existsSync(`${file}-journal`)) throw new Error("account.db is missing beside its journal");
        createDatabase(file);
      }
      return openDatabase(file, durable);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (/locked|busy/i.test(why)) {
        throw new EmulatorError(`the data in ${directory} is in use by another emulator`, { cause: error });
      }
      const advice = "restore a copy of it, or choose another directory for a new account";
      throw new EmulatorError(`the data in ${directory} cannot be read: ${why}; ${advice}`, { cause: error });
    }
  }

  /** Entries that were read from a database and found to be whole. */
  static over(database: Libsql.Database, entries: readonly Entry[]): EntryStore {
    return new EntryStore(database, entries);
  }

  read(): Entry[] {
    return readEntries(this.database);
  }

  /** Writes and removes all of these, or none. */
  write(entries: readonly Entry[], removals: readonly Removal[]): void {
    const before = { sum: this.sum, hashes: new Map<string, number | undefined>() };
    const change = (key: string, hash: number | undefined): void => {
      if (!before.hashes.has(key)) before.hashes.set(key, this.hashes.get(key));
      this.account(key, hash);
    };
    this.database.exec("BEGIN IMMEDIATE");
    try {
      for (const entry of removals) {
        this.remove.run(entry.kind, entry.name);
        change(keyOf(entry), undefined);
      }
      for (const entry of entries) {
        this.upsert.run(entry.kind, entry.name, entry.body);
        change(keyOf(entry), hashOf(entry));
      }
      this.count.run(this.hashes.size, this.sum);
      this.database.exec("COMMIT");
    } catch (error) {
      for (const [key, hash] of before.hashes) this.account(key, hash);
      if (this.database.inTransaction) this.database.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    release(this.database);
  }

  private account(key: string, hash: number | undefined): void {
    this.sum = (this.sum + MODULUS - (this.hashes.get(key) ?? 0) + (hash ?? 0)) % MODULUS;
    if (hash === undefined) this.hashes.delete(key);
    else this.hashes.set(key, hash);
  }
}

const keyOf = ({ kind, name }: Removal): string => `${kind} ${name}`;

function hashOf({ kind, name, body }: Entry): number {
  return createHash("sha256").update(`${kind}\0${name}\0${body}`).digest().readUIntBE(0, 6);
}

/** Loaded only when data are kept: an emulator in memory needs no native code. */
function connect(file: string): Libsql.Database {
  const Database = require("libsql") as typeof Libsql;
  return new Database(file);
}

/**
 * Made beside its place and linked there: a file by that name is never one that was only half made, and of several
 * emulators that start at once the first one's is everybody's.
 */
function createDatabase(file: string): void {
  const unfinished = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.new`;
  try {
    // It holds access keys. SQLite gives its journal the mode of the database.
    closeSync(openSync(unfinished, "wx", 0o600));
    const database = connect(unfinished);
    database.exec(SCHEMA);
    database.close();
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
  } finally {
    for (const left of [unfinished, `${unfinished}-journal`]) rmSync(left, { force: true });
  }
}

function openDatabase(file: string, durable: boolean): EntryStore {
  const database = connect(file);
  try {
    // The first transaction takes a lock that is held until the process ends, however it ends.
    database.pragma("locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    // A rollback journal keeps the database file itself complete after each commit; a journal that was cut off in
    // the middle of one is rolled back here. Without a wait for the disk this holds for any end of the process.
    database.pragma("journal_mode = PERSIST");
    database.pragma(`synchronous = ${durable ? "FULL" : "OFF"}`);
    return verify(database);
  } catch (error) {
    release(database);
    throw error;
  }
}

/** Closes it and lets its lock go at once: the library itself holds on to both until its statements are collected. */
function release(database: Libsql.Database): void {
  try {
    database.pragma("locking_mode = NORMAL");
    database.exec("SELECT count(*) FROM sqlite_master");
  } catch {
    // Damaged data cannot be read here, either; the process that ends lets go of them.
  }
  database.close();
}

const readEntries = (database: Libsql.Database): Entry[] =>
  database.prepare("SELECT kind, name, body FROM entries").all() as Entry[];

function verify(database: Libsql.Database): EntryStore {
  const [report] = database.pragma("integrity_check") as { integrity_check: string }[];
  if (report?.integrity_check !== "ok")
    throw new Error(`it is damaged: ${report?.integrity_check ?? "no report"}`);
  const manifest = database.prepare("SELECT format, count, sum FROM manifest").get() as
    | { format: number; count: number; sum: number }
    | undefined;
  if (manifest === undefined) throw new Error("it is damaged: its manifest is missing");
  if (manifest.format !== FORMAT)
    throw new Error(`it is of format ${manifest.format}, and this emulator knows ${FORMAT}`);
  const entries = readEntries(database);
  const sum = entries.reduce((total, entry) => (total + hashOf(entry)) % MODULUS, 0);
  if (entries.length !== manifest.count || sum !== manifest.sum) {
    throw new Error("it is damaged: its rows are not those that were written");
  }
  return EntryStore.over(database, entries);
}
