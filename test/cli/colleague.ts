import type { Emulator } from "aixplain-emulator";
import { firstAutoName, fixedNames, type Program } from "./interrupted-program";

const MODEL = "6661df926d36df3b878e0697";

/** Which names somebody else takes, while an update is under way and after it. */
export interface Wishes {
  readonly fixed: boolean;
  /** Takes the automatic name of a resource of the program, as a stack of the same name in another backend does. */
  readonly automatic: boolean;
  /** Which of the program's keys the wishes are about, from 0 to 1. */
  readonly which: number;
}

/** Somebody else who works on the account, creates keys and uses them. */
export class Colleague {
  readonly ids = new Set<string>();

  constructor(private readonly emulator: Emulator) {}

  async work(wishes: Wishes, program: Program, time: string): Promise<void> {
    const { keys } = program;
    const { logicalName } = keys[Math.floor(wishes.which * keys.length)] ?? { logicalName: "key-0" };
    const fixed = fixedNames(program);
    const names = [
      // Looks like one of the automatic names of the program, and is none.
      `${logicalName}-${time === "before" ? "0badcab" : "0badcaf"}`,
      ...(wishes.automatic ? [firstAutoName(logicalName)] : []),
      ...(wishes.fixed ? [fixed[Math.floor(wishes.which * fixed.length)] ?? "fixed-0"] : []),
    ];
    for (const name of names) await this.create(name);
  }

  /** Is asked for a name that stands in the way, and gives it up. */
  giveWay(names: readonly string[]): void {
    const { controls } = this.emulator;
    for (const { id, name } of controls.keys())
      if (this.ids.has(id) && names.includes(name)) controls.updateKey(id, { name: `theirs (${id})` });
  }

  private async create(name: string): Promise<void> {
    const { controls, url } = this.emulator;
    if (controls.keys().some((key) => key.name === name)) return;
    const { id, accessKey } = controls.createKey({ name });
    this.ids.add(id);
    const answer = await fetch(`${url}/api/v2/execute/${MODEL}`, {
      method: "POST",
      headers: { "x-api-key": accessKey, "content-type": "application/json" },
      body: JSON.stringify({ data: "a question" }),
    });
    if (!answer.ok) throw new Error(`the colleague's run failed: ${answer.status} ${await answer.text()}`);
  }
}
