import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EmulatorError } from "../errors.js";
import { Connection } from "./connection.js";

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
  private readonly upsert: ReturnType<Connection["prepare"]>;
  private readonly remove: ReturnType<Connection["prepare"]>;
  private readonly count: ReturnType<Connection["prepare"]>;

  private constructor(
    private readonly database: Connection,
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
      const isNew = !existsSync(file);
      if (isNew) {
        if (existsSync(`${file}-journal`)) throw new Error("account.db is missing beside its journal");
        createDatabase(file);
      }
      return openDatabase(file, durable, isNew);
    } catch (error) {
      if (error instanceof EmulatorError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      if (/locked|busy/i.test(why)) {
        throw new EmulatorError(`the data in ${directory} is in use by another emulator`, { cause: error });
      }
      const advice = "restore a copy of it, or choose another directory for a new account";
      throw new EmulatorError(`the data in ${directory} cannot be read: ${why}; ${advice}`, { cause: error });
    }
  }

  /** Entries that were read from a database and found to be whole. */
  static over(database: Connection, entries: readonly Entry[]): EntryStore {
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
      rollBack(this.database);
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

/** SQLite ends some failed transactions by itself: there may be none any more. */
function rollBack(database: Connection): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // That there is none is the only reason for this to fail, and what is wanted.
  }
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
    const database = Connection.open(unfinished);
    database.exec(SCHEMA);
    database.close();
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
  } finally {
    for (const left of [unfinished, `${unfinished}-journal`]) rmSync(left, { force: true });
  }
}

function openDatabase(file: string, durable: boolean, isNew: boolean): EntryStore {
  const database = Connection.open(file);
  try {
    // Of several that open a new one at once, one gets the lock, and the others wait until they see that.
    if (isNew) database.exec("PRAGMA busy_timeout = 1000");
    // The first transaction takes a lock that is held until the process ends, however it ends.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    // A rollback journal keeps the database file itself complete after each commit; a journal that was cut off in
    // the middle of one is rolled back here. Without a wait for the disk this holds for any end of the process.
    database.exec("PRAGMA journal_mode = PERSIST");
    database.exec(`PRAGMA synchronous = ${durable ? "FULL" : "OFF"}`);
    return verify(database);
  } catch (error) {
    release(database);
    throw error;
  }
}

/** Closes it and lets its lock go at once: the library itself holds on to both until its statements are collected. */
function release(database: Connection): void {
  try {
    database.exec("PRAGMA locking_mode = NORMAL");
    database.exec("SELECT count(*) FROM sqlite_master");
  } catch {
    // Damaged data cannot be read here, either; the process that ends lets go of them.
  }
  database.close();
}

const readEntries = (database: Connection): Entry[] =>
  database.all("SELECT kind, name, body FROM entries") as unknown as Entry[];

function verify(database: Connection): EntryStore {
  const [report] = database.all("PRAGMA integrity_check") as { integrity_check: string }[];
  if (report?.integrity_check !== "ok")
    throw new Error(`it is damaged: ${report?.integrity_check ?? "no report"}`);
  const [manifest] = database.all("SELECT format, count, sum FROM manifest") as {
    format: number;
    count: number;
    sum: number;
  }[];
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
