import { createHash, randomBytes } from "node:crypto";
import { closeSync, existsSync, linkSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EmulatorError } from "../errors.js";
import { Connection } from "./connection.js";

export interface Entry {
  kind: string;
  name: string;
  body: string;
}

export type Removal = Omit<Entry, "body">;

const FORMAT = 1;
/** Keeps sums of row hashes below 2^53, so that they are exact. */
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
 * Entries in an SQLite database. Each write is one transaction, with a manifest that counts and sums the rows, so that
 * a lost or altered row is detected on open.
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
   * Opens the database in a directory, and creates both if necessary.
   * @param durable whether a write waits for the disk
   * @throws `EmulatorError` if it is damaged or in use
   */
  static open(directory: string, durable: boolean): EntryStore {
    const file = join(directory, "account.db");
    try {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const isNew = !existsSync(file);
      if (isNew) {
        if (existsSync(`${file}-journal`)) throw new Error("account.db is missing, but its journal exists");
        createDatabase(file);
      }
      return openDatabase(file, durable, isNew);
    } catch (error) {
      if (error instanceof EmulatorError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      if (/locked|busy/i.test(why)) {
        throw new EmulatorError(`the data in ${directory} is in use by another emulator`, { cause: error });
      }
      const advice = "restore a backup, or choose another directory for a new account";
      throw new EmulatorError(`the data in ${directory} cannot be read: ${why}; ${advice}`, { cause: error });
    }
  }

  static over(database: Connection, entries: readonly Entry[]): EntryStore {
    return new EntryStore(database, entries);
  }

  read(): Entry[] {
    return readEntries(this.database);
  }

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

/** SQLite ends some failed transactions by itself. */
function rollBack(database: Connection): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // It fails only without a transaction.
  }
}

/**
 * Creates the file under a temporary name and links it, so that it is never incomplete, and the first of several
 * emulators wins.
 */
function createDatabase(file: string): void {
  const unfinished = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.new`;
  try {
    // It contains access keys. SQLite gives its journal the same mode.
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
    // Of several emulators that open a new database, one gets the lock and the others wait until they see it.
    if (isNew) database.exec("PRAGMA busy_timeout = 1000");
    // The first transaction locks the database until the process ends.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("BEGIN EXCLUSIVE; COMMIT");
    // With a rollback journal, the file is complete after each commit, and an interrupted commit is rolled back here,
    // however the process ends. Only a loss of power needs a wait for the disk.
    database.exec("PRAGMA journal_mode = PERSIST");
    database.exec(`PRAGMA synchronous = ${durable ? "FULL" : "OFF"}`);
    return verify(database);
  } catch (error) {
    release(database);
    throw error;
  }
}

/** Closes it and releases the lock at once. The library would keep both until its statements are collected. */
function release(database: Connection): void {
  try {
    database.exec("PRAGMA locking_mode = NORMAL");
    database.exec("SELECT count(*) FROM sqlite_master");
  } catch {
    // Damaged data cannot be read here either. The end of the process releases the lock.
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
    throw new Error(`it is of format ${manifest.format}, but this emulator supports ${FORMAT}`);
  const entries = readEntries(database);
  const sum = entries.reduce((total, entry) => (total + hashOf(entry)) % MODULUS, 0);
  if (entries.length !== manifest.count || sum !== manifest.sum) {
    throw new Error("it is damaged: its rows were altered");
  }
  return EntryStore.over(database, entries);
}
