import { type FrontDoor, Refusal, type Verb } from "./front-door";
import type { Stage } from "./stage";

export interface Entry {
  readonly verb: Verb;
  readonly answer: unknown;
}

/** The same stage, with everything that its front doors answer written down. */
export function recorded<S extends Stage>(stage: S): { readonly stage: S; readonly entries: Entry[] } {
  const entries: Entry[] = [];
  // Every platform listens somewhere else, and says so in messages and in the identity of the account.
  const { host } = new URL(stage.url);
  const placeless = (answer: object): unknown =>
    JSON.parse(JSON.stringify(answer).replaceAll(host, "<the platform>"));
  const noted = async <T>(verb: Verb, work: Promise<T>): Promise<T> => {
    try {
      const answer = await work;
      entries.push({ verb, answer: answer ? placeless(answer) : "done" });
      return answer;
    } catch (error) {
      if (error instanceof Refusal) {
        entries.push({ verb, answer: placeless({ refused: error.message, unfinished: error.unfinished }) });
      }
      throw error;
    }
  };
  const watch = (door: FrontDoor): FrontDoor => ({
    check: (...given) => noted("check", door.check(...given)),
    diff: (...given) => noted("diff", door.diff(...given)),
    create: (...given) => noted("create", door.create(...given)),
    read: (...given) => noted("read", door.read(...given)),
    update: (...given) => noted("update", door.update(...given)),
    delete: (...given) => noted("delete", door.delete(...given)),
    end: () => door.end(),
  });
  const newRun: Stage["newRun"] = async (settings) => watch(await stage.newRun(settings));
  return { stage: { ...stage, newRun }, entries };
}
