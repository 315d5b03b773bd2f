import { AixplainError, type Problem } from "../core/errors";
import { WARNINGS, type Warning, type WarningId, type WarningSettings } from "../core/warning";

/** Warnings that the settings made errors, in a step that has no other way to refuse. */
export class WarningsAsErrors extends AixplainError {
  override readonly name = "WarningsAsErrors";
  constructor(keyName: string, problems: readonly Problem[]) {
    const told = problems.map(({ property, reason }) => `${property} ${reason}`).join("; ");
    super(`the key ${JSON.stringify(keyName)}: ${told}`);
  }
}

/** The top-level property of a path. */
const topLevel = (path: string): string => /^\w+/.exec(path)?.[0] ?? path;

/** What is told of keys that can hardly be meant, as the settings have it. */
export class Warnings {
  private readonly told = new Set<string>();

  constructor(
    readonly settings: WarningSettings,
    private readonly report: (line: string) => void,
  ) {}

  /** Whether nothing of this is told or refused: then nothing need be read for it. */
  areOff(...ids: readonly WarningId[]): boolean {
    return ids.every((id) => this.settings.levels[id] === "off");
  }

  areErrors(...ids: readonly WarningId[]): boolean {
    return ids.some((id) => this.settings.levels[id] === "error");
  }

  /** Those of the warnings that are errors, as problems. `secrets` are the properties whose values nobody may see. */
  errors(found: readonly Warning[], secrets: readonly string[]): Problem[] {
    return this.at("error", found, secrets).map(({ id, property, reason }) => ({
      property,
      reason: `${reason} [${id}, an error by the setting aixplain:warnings]`,
    }));
  }

  /** Tells the others, each once in a run: the engine asks for the check of a replacement twice. */
  tell(keyName: string, found: readonly Warning[], secrets: readonly string[]): void {
    for (const { id, property, reason } of this.at("warn", found, secrets)) {
      const line = `Warning: the key ${JSON.stringify(keyName)}: ${property} ${reason} [${id}]`;
      if (this.told.has(line)) continue;
      this.told.add(line);
      this.report(line);
    }
  }

  private at(level: "warn" | "error", found: readonly Warning[], secrets: readonly string[]): Warning[] {
    return found
      .filter(({ id }) => this.settings.levels[id] === level)
      .map((each) => {
        const isSecret = secrets.map(topLevel).some((secret) => each.property.startsWith(secret));
        return isSecret ? { ...each, reason: `is a secret: ${WARNINGS[each.id]}` } : each;
      });
  }
}
