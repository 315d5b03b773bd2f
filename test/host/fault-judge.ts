import type { NumberedRow } from "./fault-matrix";
import type { Outcome } from "./fault-play";
import { AFTER, inWords, type Left } from "./faults/row";

const LEFT: Readonly<Record<Left, (outcome: Outcome) => void>> = {
  nothing: ({ ours }) => expect(ours).toEqual([]),
  "the key as declared": ({ ours, key, refusal }) => {
    expect(ours).toMatchObject([{ budget: 2000, globalLimits: { rpd: 5 }, assetsLimits: [{ tpm: 3 }] }]);
    expect(key.held).toMatchObject({ id: ours[0]?.id, outs: { accessKey: ours[0]?.accessKey } });
    if (!refusal) expect(key.held).toMatchObject({ outs: { budget: 2000 } });
  },
  "the key as it was": ({ ours, key, before }) => {
    expect(ours).toMatchObject([{ budget: 1000, globalLimits: { rpd: 5 }, assetsLimits: [{ tpm: 3 }] }]);
    expect(key.held).toMatchObject({ id: before?.id, outs: { accessKey: ours[0]?.accessKey, budget: 1000 } });
  },
  "the key without what was ignored; the next update repairs it": ({ ours, key }) => {
    expect(ours).toHaveLength(1);
    expect(ours[0]?.budget).not.toBe(2000);
    expect(key.held).toMatchObject({
      id: ours[0]?.id,
      unfinished: true,
      outs: { accessKey: ours[0]?.accessKey },
    });
  },
  "the key, named in the message": ({ ours, key, refusal }) => {
    expect(ours).toHaveLength(1);
    expect(refusal?.message).toContain(String(ours[0]?.id));
    expect(key.held).toBeUndefined();
  },
  "the key; the next run names it": ({ ours, key }) => {
    expect(ours).toHaveLength(1);
    expect(key.held).toBeUndefined();
  },
  "the other key, untouched": ({ ours, key }) => {
    expect(ours).toEqual([]);
    expect(key.held).toBeUndefined();
  },
};

function expectNoSecret({ stage, refusal, told }: Outcome): void {
  const seen = `${refusal?.message}\n${refusal?.unfinished?.reasons.join("\n")}\n${told}\n${stage.told()}`;
  for (const secret of stage.secrets()) expect(seen).not.toContain(secret);
}

/** Once the platform is well, the next update brings the declaration about: after what the error said was done. */
async function expectConvergence(row: NumberedRow, { stage, key, ours }: Outcome): Promise<void> {
  const declaration = row.name === "ci-bot" ? { ...AFTER, name: row.name } : AFTER;
  key.door = await stage.newRun();
  stage.forgetTold();
  if (row.left === "the key, named in the message") {
    stage.controls.deleteKey(String(ours[0]?.id));
  }
  await key.up(declaration);
  if (row.left === "the key; the next run names it") {
    await key.door.end();
    expect(stage.told()).toContain(String(ours[0]?.id));
    stage.controls.deleteKey(String(ours[0]?.id));
    key.door = await stage.newRun();
  }
  const mine = stage.controls.keys().filter(({ budget }) => budget === 2000);
  expect(mine).toMatchObject([{ id: key.held?.id, accessKey: key.accessKey }]);
  expect(await key.up(declaration)).toBe("same");
}

/** Holds an outcome against its row: the message, what is left, the calls, the secrets, and that the next update mends it. */
export async function judge(row: NumberedRow, outcome: Outcome): Promise<void> {
  const { stage, refusal, told, calls } = outcome;
  expect(refusal && inWords(refusal.message, stage)).toBe(row.sees);
  if (row.tells !== undefined) expect(inWords(told, stage)).toContain(row.tells);
  const shown = inWords(row.sees === undefined ? told : String(refusal?.message), stage);
  // Once: a cause that is quoted must not bring its own next step along.
  if (row.next !== undefined) expect(shown.split(row.next)).toHaveLength(2);
  LEFT[row.left](outcome);
  expect(outcome.othersUntouched).toBe(true);
  const counted = Object.keys(row.calls ?? {}).map((route) => [route, calls[route] ?? 0]);
  expect(Object.fromEntries(counted)).toEqual(row.calls ?? {});
  expectNoSecret(outcome);
  await expectConvergence(row, outcome);
  expectNoSecret(outcome);
}
