import { randomBytes } from "node:crypto";
import { type Finding, type Question, type Reading, unclear, type Writing, wireKey } from "./question";
import { readQuestions } from "./read-questions";
import type { Service } from "./service";
import { declared, writeQuestions } from "./write-questions";

export interface Result extends Finding {
  readonly id: string;
  readonly assumption: string;
}

/** The probe could not start or could not remove its keys. The command prints the message. */
export class ProbeError extends Error {
  override readonly name = "ProbeError";
}

export interface ProbeOptions {
  readonly service: Service;
  readonly write: boolean;
  readonly model: string;
}

/** The ids of all questions, as in docs/emulator-facts.json. */
export const questionIds = [
  ...readQuestions.map(({ id }) => id),
  ...["create-status", "delete-answer"],
  ...writeQuestions.map(({ id }) => id),
];

async function ask<Given>(questions: readonly Question<Given>[], given: Given): Promise<Result[]> {
  const results: Result[] = [];
  for (const { id, assumption, ask: find } of questions) {
    const finding = await find(given).catch((error: unknown) =>
      unclear(error instanceof Error ? error.message : String(error)),
    );
    results.push({ id, assumption, ...finding });
  }
  return results;
}

/**
 * Tests the emulator's assumptions against a service. Without `write` it sends only GET.
 *
 * @throws ProbeError when the list of keys cannot be read, or a throwaway key is left behind
 */
export async function probe({ service, write, model }: ProbeOptions): Promise<Result[]> {
  const { status, body } = await service.read("/sdk/api-keys");
  const keys = wireKey.array().safeParse(body).data;
  if (status !== 200 || keys === undefined) {
    throw new ProbeError(`the list of keys cannot be read (status ${status}): is the key an admin key?`);
  }
  const reading = { service, keys };
  const results = await ask(readQuestions, reading);
  return write ? [...results, ...(await probeThrowawayKey(reading, model))] : results;
}

async function probeThrowawayKey(reading: Reading, model: string): Promise<Result[]> {
  const { service } = reading;
  const name = `aixplain-emulator-probe-${randomBytes(4).toString("hex")}`;
  const made = await service.write("POST", "/sdk/api-keys", { ...declared, name }).catch((error: unknown) => {
    throw new ProbeError(
      `no answer to the create of a throwaway key: look for a key named ${name} and remove it`,
      {
        cause: error,
      },
    );
  });
  const key = wireKey.safeParse(made.body).data;
  if (key === undefined) {
    throw new ProbeError(
      `a throwaway key could not be created (status ${made.status}): look for a key named ${name} and remove it`,
    );
  }
  const created: Result = {
    id: "create-status",
    assumption: "a create is answered with 201",
    holds: made.status === 201,
    saw: `status ${made.status}`,
  };
  const toRemove = new Set([key.id]);
  const writing: Writing = { ...reading, key, model, remove: (id) => toRemove.add(id) };
  let results: Result[] = [];
  const removals: number[] = [];
  try {
    results = await ask(writeQuestions, writing);
  } finally {
    for (const id of toRemove) removals.push(await remove(service, id, name));
  }
  const deleted: Result = {
    id: "delete-answer",
    assumption: "a delete is answered with 200",
    holds: removals.every((status) => status === 200),
    saw: `status ${removals.join(", ")}`,
  };
  return [created, ...results, deleted];
}

/** Removes a key that this run created, and verifies that it no longer exists. */
async function remove(service: Service, id: string, name: string): Promise<number> {
  let seen = "no answer";
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      const { status } = await service.write("DELETE", `/sdk/api-keys/${id}`);
      if ((await service.read(`/sdk/api-keys/${id}`)).status === 404) return status;
      seen = `status ${status}`;
    } catch (error) {
      seen = error instanceof Error ? error.message : String(error);
    }
  }
  throw new ProbeError(
    `the throwaway key ${id}, named ${name}, is still there (${seen}): remove it manually`,
  );
}
