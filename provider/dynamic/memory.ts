import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../core/errors";
import { type Facts, type Memory, remember } from "../core/rotation/memory";
import { readSchedule } from "../core/rotation/schedule";
import { triggerProblems } from "../core/rotation/trigger";
import { failuresOf } from "./failures";

type Properties = Readonly<Record<string, unknown>>;

/** Hidden inputs that are not stored in the state: the facts of the run, and the name of the rotation. */
export const FACTS = "__facts";
const ROTATION = "__rotation";

const withoutProvider = ({ __provider: _, ...rest }: Properties): Properties => rest;

/**
 * The part of a rotation that the state keeps, as a resource that the platform does not have. The check computes it:
 * only the check sees the old and the new inputs in a preview as well as in an update.
 */
export class MemoryProvider {
  constructor(private readonly report: (line: string) => void) {}

  async check(olds: Properties, news: Properties): Promise<{ inputs?: object; failures: Problem[] }> {
    const { [FACTS]: facts, [ROTATION]: name, rotationTrigger, ...args } = withoutProvider(news);
    const reading = readSchedule(args);
    const refused = (problems: readonly Problem[]) => ({ failures: failuresOf(problems) });
    const problems = [...(reading.ok ? [] : reading.problems), ...triggerProblems(rotationTrigger)];
    if (!reading.ok || problems.length > 0) return refused(problems);
    const memory = Array.isArray(olds.generations) ? (withoutProvider(olds) as unknown as Memory) : undefined;
    const declared = {
      schedule: reading.schedule,
      ...(typeof rotationTrigger === "string" ? { rotationTrigger } : {}),
    };
    const remembered = remember(memory, declared, facts as Facts);
    if (!remembered.ok) return refused(remembered.problems);
    for (const line of remembered.warnings)
      this.report(`Warning: the rotation ${JSON.stringify(name)}: ${line}`);
    return { inputs: remembered.memory, failures: [] };
  }

  async diff(_id: string, olds: Properties, news: Properties): Promise<{ changes: boolean }> {
    return { changes: !isDeepStrictEqual(withoutProvider(olds), withoutProvider(news)) };
  }

  async create(news: Properties): Promise<{ id: string; outs: object }> {
    return { id: "rotation", outs: withoutProvider(news) };
  }

  async update(_id: string, _olds: Properties, news: Properties): Promise<{ outs: object }> {
    return { outs: withoutProvider(news) };
  }

  async read(id: string, props: Properties): Promise<{ id: string; props: object }> {
    return { id, props };
  }

  async delete(): Promise<void> {}
}
