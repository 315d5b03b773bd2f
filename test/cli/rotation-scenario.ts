import type { CliProject, Told } from "./project";
import { RotationWalk } from "./rotation-walk";

/**
 * A key is rotated while its consumer restarts between, keeps its promises where a run fails, and ends at a leak: with the
 * keys of either provider.
 */
export async function rotate(project: CliProject): Promise<void> {
  const told: Told[] = [];
  const see = async (run: Promise<Told>): Promise<Told> => {
    const seen = await run;
    told.push(seen);
    return seen;
  };
  const walk = new RotationWalk(project);
  walk.declare();
  expect(await see(walk.up("2030-01-05T10:00:00Z"))).toMatchObject({ ok: true });
  expect(walk.did()).toEqual(["create", "call"]);
  expect(await walk.outputs()).toMatchObject({
    current: walk.keyOf("2030-01-01"),
    generation: "2030-01-01",
    rotatesAt: "2030-01-31",
  });

  // The day after the first generation, wherever the machine is.
  const shown = await see(walk.preview("2030-01-31T00:00:30Z", { TZ: "America/Los_Angeles" }));
  expect(shown.text).toContain(
    "bot: generation 2030-01-31 is current, and generation 2030-01-01 stays valid until 2030-02-07. Each generation has its own budget and limits",
  );
  expect(shown.text).toMatch(/\+ .*ApiKey bot-generation-2030-01-31 create/);
  expect(shown.text).not.toMatch(/- .*delete|replace/);
  const first = walk.keyOf("2030-01-01");
  const rotated = await see(walk.up("2030-01-31T00:00:30Z", { TZ: "Pacific/Kiritimati" }));
  expect(rotated).toMatchObject({ ok: true });
  expect(walk.did()).toEqual(["create", "call"]);
  expect(walk.live()).toEqual(["2030-01-01", "2030-01-31"]);
  expect(await walk.outputs()).toMatchObject({
    current: walk.keyOf("2030-01-31"),
    previous: first,
    previousRetiresAt: "2030-02-07",
    previousUsedToday: { requests: 0, tokens: 0 },
  });
  const second = walk.keyOf("2030-01-31");

  // The day of the retirement. Somebody still uses the old key, and the run fails after it.
  project.emulator.controls.clock.set("2030-02-07T08:00:00Z");
  expect(await walk.call(first)).toBe(200);
  walk.declare({ version: "broken" });
  const failed = await see(walk.up("2030-02-07T08:00:00Z"));
  expect(failed.ok).toBe(false);
  expect(failed.text).toContain("the service does not start");
  expect(walk.live()).toEqual(["2030-01-01", "2030-01-31"]);
  walk.declare();
  const ended = await see(walk.up("2030-02-07T09:00:00Z"));
  expect(ended).toMatchObject({ ok: true });
  expect(ended.text).toMatch(
    /The key of generation 2030-01-01 \(.+\) is deleted by this update and was used today \(1 requests/,
  );
  expect(walk.did()).toEqual(["delete"]);
  expect([await walk.call(first), await walk.call(second)]).toEqual([401, 200]);

  // A trigger that is set for the first time does nothing, on a day of a rotation either.
  walk.declare({ more: 'rotationTrigger: "INC-1"' });
  expect(await see(walk.up("2030-03-02T10:00:00Z"))).toMatchObject({ ok: true });
  expect(walk.live()).toEqual(["2030-01-31", "2030-03-02"]);
  const third = walk.keyOf("2030-03-02");
  walk.declare({ more: 'rotationTrigger: "INC-2"' });
  const leak = await see(walk.preview("2030-03-03T10:00:00Z"));
  expect(leak.text).toContain(
    'Warning: the rotation "bot": rotationTrigger has changed: this update creates the key of generation 2030-03-03 and deletes the keys of generations 2030-01-31 and 2030-03-02.',
  );
  for (const line of [
    /\+ .*bot-generation-2030-03-03 create/,
    /- .*bot-generation-2030-01-31 delete/,
    /- .*bot-generation-2030-03-02 delete/,
  ])
    expect(leak.text).toMatch(line);
  expect(await see(walk.up("2030-03-03T10:00:00Z"))).toMatchObject({ ok: true });
  expect(walk.did()).toEqual(["create", "call", "delete", "delete"]);
  expect(walk.live()).toEqual(["2030-03-03"]);
  expect([await walk.call(second), await walk.call(third)]).toEqual([401, 401]);
  walk.declare();
  expect(await see(walk.up("2030-03-04T10:00:00Z"))).toMatchObject({ ok: true });
  expect(walk.live()).toEqual(["2030-03-03"]);

  const state = await project.exportedState();
  const keys = [first, second, third, walk.keyOf("2030-03-03"), project.emulator.adminKey];
  for (const text of [state, ...told.map((each) => each.text)])
    for (const key of keys) expect(text).not.toContain(key);
  expect(await project.destroy()).toMatchObject({ ok: true });
  expect(walk.live()).toEqual([]);
}
