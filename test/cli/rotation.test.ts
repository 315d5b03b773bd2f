import { CLI_TIMEOUT_MS, type Told, withCliProject } from "./project";
import { rotate } from "./rotation-scenario";
import { RotationWalk } from "./rotation-walk";

test(
  "a key is rotated while its consumer restarts between, keeps its promises where a run fails, and ends at a leak",
  () => withCliProject((project) => rotate(project)),
  CLI_TIMEOUT_MS,
);

test(
  "a run is refused in words, before anything is written, where it would break a promise",
  () =>
    withCliProject(async (project) => {
      const walk = new RotationWalk(project);
      const { controls } = project.emulator;
      const refused = async (run: Promise<Told>): Promise<string> => {
        const { ok, text } = await run;
        expect(ok).toBe(false);
        expect(walk.did()).toEqual([]);
        return text;
      };
      walk.declare({
        more: 'every: 0, overlap: 9, anchor: "2030-02-30", schedule: [{ from: 3, every: 2 }], name: "bot", budget: 5, adopt: { name: "bot" }, deletionPolicy: "keep", evrey: 3',
      });
      const bad = await refused(walk.preview("2030-01-05T10:00:00Z"));
      for (const words of [
        "every must be a whole number of days from 1 to 3650; got 0",
        'anchor must be a calendar date as "YYYY-MM-DD", written as a literal in the program; got the text "2030-02-30"',
        "schedule[0].from must be a calendar date",
        "schedule[0].every is 2, below overlap (9)",
        "name is not allowed: remove it",
        "budget is not allowed: use budgetPerGeneration. Every generation has its own budget",
        "adopt is not allowed: remove it. Each generation is a new key",
        "deletionPolicy is not allowed: remove it. A retired or leaked key has to be deleted",
        "evrey is not a property of a rotation; did you mean every?",
      ])
        expect(bad).toContain(words);

      walk.declare();
      expect(await refused(walk.preview("2030-01-05T10:00:00Z", { AIXPLAIN_NOW: undefined }))).toMatch(
        /the clock of this machine shows .+Z, .+ behind the platform's \(2030-01-05T10:00:0\dZ\): set the machine's clock/,
      );
      expect(await walk.up("2030-01-05T10:00:00Z")).toMatchObject({ ok: true });
      expect(
        await refused(walk.preview("2030-01-31T10:00:00Z", { AIXPLAIN_NOW: "2030-02-02T10:00:00Z" })),
      ).toContain("aixplain:now is 2030-02-02T10:00:00Z, 2 days ahead of the platform's clock");

      walk.declare({ more: "every: 10" });
      expect(await refused(walk.preview("2030-01-20T10:00:00Z"))).toContain(
        "the schedule would drop the key of generation 2030-01-01, which was handed out to be valid until 2030-02-07",
      );
      walk.declare();
      const count = controls.keys().filter(({ isAdmin }) => !isAdmin).length;
      expect(await refused(walk.up("2030-01-31T10:00:00Z", { AIXPLAIN_MAX_KEYS: String(count) }))).toContain(
        "the account holds 1 of 1 keys (aixplain:maxKeys), and this run creates 1 before it deletes any",
      );
      expect(walk.live()).toEqual(["2030-01-01"]);

      // The pipeline was dead: a preview says what is about to end.
      const late = await walk.preview("2030-02-08T10:00:00Z");
      expect(late).toMatchObject({ ok: true });
      expect(late.text).toContain(
        'Warning: the rotation "bot": no update has run for 8 days since the rotation of 2030-01-31 was due. Run pulumi up. The key of generation 2030-01-01 was due to retire on 2030-02-07 and expires on 2030-02-14.',
      );
      expect(await project.destroy()).toMatchObject({ ok: true });
    }),
  CLI_TIMEOUT_MS,
);
