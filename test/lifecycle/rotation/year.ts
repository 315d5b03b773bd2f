import type { ApiKey } from "../../../emulator/src/index";
import type { Facts, Memory } from "../../../provider/core/rotation/memory";
import { readSchedule, type Schedule } from "../../../provider/core/rotation/schedule";
import { FACTS, MemoryProvider } from "../../../provider/dynamic/memory";
import { type FrontDoor, Refusal } from "../../harness/front-door";
import type { LifecycleStage } from "../../harness/lifecycle-stage";
import { Crash } from "../../harness/program";
import { Resource } from "../../harness/stack";
import { dyingAfter } from "../model/dying-engine";
import { Consumers } from "./consumers";
import { type Declared, date, day, type Expected, expectedOn, HOUR_MS, midnight } from "./oracle";
import type { Rules } from "./rules";
import { BEGINS, DAYS, FIRST, MISSED, type RunEvent, SCRIPT } from "./script";

const DAY_MS = 24 * HOUR_MS;
const BUDGET = 90_000;

/** A rule of the contract that somebody saw broken. */
export interface Violation {
  readonly rule: string;
  readonly when: string;
  readonly what: string;
}

/** What one run came to. */
type Outcome = "done" | "refused" | "failed" | "died";

const isMissed = (today: string): boolean => MISSED.some(([from, to]) => today >= from && today <= to);

/** A year of one rotating key: daily runs of its program, and consumers that call the platform with what they were given. */
export class Year {
  readonly violations: Violation[] = [];
  /** The generations whose keys live at the end of each day. */
  readonly table: { readonly day: string; readonly live: readonly string[] }[] = [];
  runs = 0;
  calls = 0;

  private readonly resources = new Map<string, Resource>();
  private readonly consumers = new Consumers();
  private memory: Memory | undefined;
  private declared: Declared = FIRST;
  private trigger: string | undefined;
  /** What leaks have made of a generation: its start, and the id of its key since then. */
  private leak: { readonly start: string; readonly id: string } | undefined;
  /** When each key is to expire by the contract. */
  private readonly expiries = new Map<string, number>();
  private said = "";
  private steps: string[] = [];

  constructor(
    private readonly stage: LifecycleStage,
    private readonly rules: Rules,
    /** The rule at whose first violation the year ends. */
    private readonly until?: string,
  ) {}

  async live(): Promise<this> {
    this.stage.controls.reset();
    for (let today = day(BEGINS); today < day(BEGINS) + DAYS; today += 1) {
      await this.oneDay(today);
      if (this.violations.some(({ rule }) => rule === this.until)) break;
    }
    return this;
  }

  private get now(): number {
    return this.stage.controls.clock.now();
  }

  private broken(rule: string, what: string): void {
    this.violations.push({ rule, when: new Date(this.now).toISOString(), what });
  }

  private async oneDay(today: number): Promise<void> {
    const { clock } = this.stage.controls;
    clock.set(midnight(today));
    await this.allCall();
    if (!isMissed(date(today))) {
      for (const event of SCRIPT[date(today)] ?? [{}]) {
        clock.set(midnight(today) + (event.at ?? ((today * 7) % 24) * HOUR_MS));
        await this.run(event);
        await this.allCall();
      }
    }
    clock.set(midnight(today) + DAY_MS - 1);
    await this.allCall();
    this.table.push({ day: date(today), live: this.generations().map(([id]) => id) });
  }

  /** The keys of generations that the platform takes now, by the ids in their names, and their keys. */
  private generations(): (readonly [id: string, key: ApiKey])[] {
    const held = new Set([...this.resources.values()].map((each) => each.held?.id));
    return this.stage.controls.keys().flatMap((key) => {
      const id = /^bot-generation-(.+)-[0-9a-f]{7}$/.exec(key.name)?.[1] ?? key.name;
      const lives = key.expiresAt === null || key.expiresAt > this.now;
      return held.has(key.id) && lives ? [[id, key] as const] : [];
    });
  }

  private async allCall(): Promise<void> {
    for (const { title, key } of this.consumers.holding(this.now)) {
      const status = await this.stage.call(key.accessKey);
      this.calls += 1;
      const worked = status === 200;
      const told = `${title} called with generation ${key.id}, handed out at ${new Date(key.at).toISOString()}: ${status}`;
      const overlapMs = this.declared.overlap * DAY_MS;
      if (key.hasLeaked && worked) this.broken("7", told);
      else if (!key.hasLeaked && !worked && this.now < key.at + overlapMs) this.broken("1", told);
      else if (worked && this.now >= key.endsAt) this.broken("2", told);
    }
  }

  private async run(event: RunEvent): Promise<void> {
    this.runs += 1;
    if (event.declares) this.declared = event.declares;
    if ("trigger" in event) this.trigger = event.trigger;
    this.said = "";
    this.steps = [];
    const alive = this.stage.controls.keys().map(({ id }) => id);
    const fixed =
      event.fixed === undefined ? undefined : Math.floor(this.now / DAY_MS) * DAY_MS + event.fixed;
    const outcome = await this.engine(event, fixed, alive);
    this.stage.controls.faults.clear();
    this.stage.meanwhile = undefined;
    this.judgeOrder(outcome, alive);
    if (event.refusedBy !== undefined) {
      if (outcome !== "refused") this.broken(event.refusedBy, "the run was not refused");
      if (this.steps.length > 0)
        this.broken(event.refusedBy, `a refused run did something: ${this.steps.join()}`);
      return;
    }
    const hasTrouble = event.faults !== undefined || event.dies !== undefined || event.consumersFail === true;
    if (outcome !== "done" && !hasTrouble) this.broken("4", `the run was ${outcome}: ${this.said}`);
    if (outcome === "done") this.judge(event, fixed ?? this.now);
  }

  /** Create, then consumers, then delete; what fails before the end deletes nothing. */
  private judgeOrder(outcome: Outcome, alive: readonly string[]): void {
    const order = ["create", "consume", "delete"];
    const places = this.steps.map((step) => order.indexOf(step));
    if (places.some((place, index) => place < Math.max(0, ...places.slice(0, index))))
      this.broken("3", `in the order ${this.steps.join()}`);
    if (outcome === "refused" || (outcome === "failed" && !this.steps.includes("consume"))) {
      const gone = alive.filter((id) => !this.stage.controls.keys().some((key) => key.id === id));
      if (gone.length > 0) this.broken("3", `a ${outcome} run deleted ${gone.join()}`);
    }
    if (outcome === "failed" && this.steps.at(-1) === "delete")
      this.broken("3", "a failed run deleted a key");
  }

  /** What holds after a run that went well. */
  private judge(event: RunEvent, instant: number): void {
    const expected = this.expected(event, Math.floor(instant / DAY_MS));
    const generations = this.generations();
    const live = generations.map(([id]) => id).sort();
    const wanted = expected.map(({ id }) => id).sort();
    if (live.length > 2) this.broken("9", `${live.join()} live`);
    if (live.join() !== wanted.join()) {
      const rule = "trigger" in event ? "7" : live.some((id) => /^bot/.test(id)) ? "6" : "4";
      this.broken(rule, `${live.join()} live, and the contract has ${wanted.join()}`);
    }
    for (const [id, key] of generations) {
      if (key.budget !== BUDGET) this.broken("6", `generation ${id} may spend ${key.budget}`);
      // Set when the key was created, and never changed.
      const ends = this.expiries.get(key.id) ?? expected.find((each) => each.id === id)?.ends;
      if (ends === undefined) continue;
      this.expiries.set(key.id, ends);
      if (key.expiresAt !== ends)
        this.broken("2", `generation ${id} expires at ${key.expiresAt}, and the contract has ${ends}`);
    }
  }

  private expected(
    event: RunEvent,
    today: number,
  ): { readonly id: string; readonly retires: string; readonly ends: number }[] {
    const live = expectedOn(this.declared, today);
    const current = live.at(-1);
    if (event.leaks && current) {
      const taken = [current.start, this.leak?.id ?? ""].filter((id) => id.startsWith(date(today)));
      const last = Number(/\.(\d+)$/.exec(taken.sort().at(-1) ?? "")?.[1] ?? 1);
      this.leak = {
        start: current.start,
        id: taken.length === 0 ? date(today) : `${date(today)}.${last + 1}`,
      };
    }
    const { leak } = this;
    const since = (each: Expected): boolean =>
      leak === undefined || each.start >= leak.start || each === current;
    return live.filter(since).map(({ start, retires }) => ({
      id: start === leak?.start ? leak.id : start,
      retires,
      ends: midnight(day(retires) + this.declared.overlap),
    }));
  }

  private async engine(
    event: RunEvent,
    fixed: number | undefined,
    alive: readonly string[],
  ): Promise<Outcome> {
    const { stage, rules } = this;
    const declared = event.tries ?? this.declared;
    const reading = readSchedule({ ...declared });
    if (!reading.ok) throw new Error(`the script declares nonsense: ${JSON.stringify(reading.problems)}`);
    const { schedule } = reading;
    const { keys, date: platform } = await stage.look();
    const count = keys.filter(({ isAdmin }) => !isAdmin).length;
    const runner = this.now + (event.skew ?? 0);
    const facts: Facts = {
      instant: fixed ?? runner,
      isFixed: fixed !== undefined,
      runner,
      platform,
      keys: count,
      ...(event.maxKeys ? { maxKeys: count } : {}),
    };
    const memory = await this.remember(declared, facts);
    if (memory === undefined) return "refused";
    const before = this.memory;
    const planAt = (clock: number) => rules.plan(schedule, facts.instant, memory, clock, before);
    // The preview of the same instant, a quarter of a day before.
    const previewed = planAt(this.now - 6 * HOUR_MS);
    this.memory = memory;
    if (event.dies === "memory") return "died";
    for (const fault of event.faults ?? []) stage.controls.faults.add(fault);
    const door = await stage.newRun();
    const used = typeof event.dies === "number" ? dyingAfter(event.dies, door) : door;
    stage.meanwhile = async ({ method, path }) => {
      if (method === "POST") this.steps.push("create");
      // Not what a lost answer has left behind: nobody has ever had that key.
      if (method === "DELETE" && alive.some((id) => path.endsWith(`/${id}`))) this.steps.push("delete");
    };
    try {
      const planned = planAt(this.now);
      const [shown, done] = [previewed, planned].map((plan) => plan.map(({ id }) => id).join());
      if (shown !== done) this.broken("4", `the preview showed ${shown}, and the update made ${done}`);
      await this.apply(schedule, facts, planned, used, event.consumersFail ?? false);
      await door.end();
      return "done";
    } catch (error) {
      if (error instanceof Crash) return "died";
      if (!(error instanceof Refusal)) throw error;
      this.said += error.message;
      if (rules.deletesAfterFailure) await this.remove(new Set(), used);
      return "failed";
    }
  }

  /** What the check of the memory answers, through the provider that the engine asks. */
  private async remember(declared: Declared, facts: Facts): Promise<Memory | undefined> {
    const asked = this.rules.ask({ memory: this.memory, rotationTrigger: this.trigger, facts });
    const late = this.isOverdue(declared, facts);
    const provider = new MemoryProvider((line) => {
      this.said += line;
    });
    const { rotationTrigger } = asked;
    const { inputs, failures } = await provider.check(
      { ...asked.memory },
      { ...declared, ...(rotationTrigger === undefined ? {} : { rotationTrigger }), [FACTS]: asked.facts },
    );
    this.said += failures.map(({ reason }) => reason).join("\n");
    if (inputs && late && !this.said.includes("no update has run"))
      this.broken("2", "an overdue rotation is not told");
    return inputs as Memory | undefined;
  }

  /** Whether the rotation was due a day ago or more. */
  private isOverdue(declared: Declared, { instant }: Facts): boolean {
    const current = expectedOn(declared, Math.floor(instant / DAY_MS)).at(-1);
    const last = this.memory?.generations.at(-1)?.start;
    return (
      current !== undefined &&
      last !== undefined &&
      last < current.start &&
      Math.floor(instant / DAY_MS) > day(current.start)
    );
  }

  private async apply(
    schedule: Schedule,
    { instant }: Facts,
    planned: ReturnType<Rules["plan"]>,
    door: FrontDoor,
    consumersFail: boolean,
  ): Promise<void> {
    const { rules } = this;
    const children = planned.map((each) => ({ each, ...rules.declare("bot", each, instant) }));
    const names = new Set(children.map(({ logicalName }) => logicalName));
    if (rules.deletesFirst) await this.remove(names, door);
    for (const { logicalName, expiresAt, ignoreChanges } of children) {
      const resource = this.resources.get(logicalName) ?? new Resource(door, logicalName);
      this.resources.set(logicalName, resource);
      resource.door = door;
      const budget = rules.budget(BUDGET, planned.length);
      await resource.up({ budget, expiresAt, __options: { ignoreChanges } });
    }
    const dates = rules.dates(planned, schedule);
    this.judgeDates(dates, instant);
    const current = this.resources.get(children.at(-1)?.logicalName ?? "")?.held;
    if (!current) return this.broken("4", "no key is declared");
    this.steps.push("consume");
    if (consumersFail) throw new Refusal("a consumer could not be updated");
    this.consumers.update(String(current.outs.accessKey));
    await this.remove(names, door);
    const live = this.stage.controls.keys().find(({ id }) => id === current.id);
    const last = planned.at(-1);
    if (this.leakOf(this.memory) !== this.ended) this.consumers.leaked();
    this.ended = this.leakOf(this.memory);
    this.consumers.handOut({
      id: last?.id ?? "",
      keyId: current.id,
      accessKey: String(current.outs.accessKey),
      at: this.now,
      endsAt: live?.expiresAt ?? Number.POSITIVE_INFINITY,
      hasLeaked: false,
    });
  }

  private ended: string | undefined;
  private leakOf(memory: Memory | undefined): string | undefined {
    return memory?.leak?.id;
  }

  private judgeDates(told: ReturnType<Rules["dates"]>, instant: number): void {
    const today = Math.floor(instant / DAY_MS);
    const [current, previous] = expectedOn(this.declared, today).reverse();
    const next = current && date(day(current.retires) - this.declared.overlap);
    if (told.rotatesAt !== next)
      this.broken("8", `the next rotation is told for ${told.rotatesAt}, not ${next}`);
    if (told.previousRetiresAt !== undefined && told.previousRetiresAt !== previous?.retires)
      this.broken("8", `the retirement is told for ${told.previousRetiresAt}, not ${previous?.retires}`);
  }

  private async remove(declared: ReadonlySet<string>, door: FrontDoor): Promise<void> {
    for (const [name, resource] of this.resources) {
      if (declared.has(name)) continue;
      resource.door = door;
      await resource.destroy();
      this.resources.delete(name);
    }
  }
}
