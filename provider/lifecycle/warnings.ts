import { AixplainError, type Problem, problemsInWords } from "../core/errors";
import { WARNINGS, type Warning, type WarningId, type WarningSettings } from "../core/warning";

/** Warnings that the settings turn into errors, in a step that can only throw. */
export class WarningsAsErrors extends AixplainError {
  override readonly name = "WarningsAsErrors";
  constructor(keyName: string, problems: readonly Problem[]) {
    super(`the key ${JSON.stringify(keyName)}: ${problemsInWords(problems)}`);
  }
}

const topLevel = (path: string): string => /^\w+/.exec(path)?.[0] ?? path;

export class Warnings {
  private readonly reported = new Set<string>();

  constructor(
    readonly settings: WarningSettings,
    private readonly write: (line: string) => void,
  ) {}

  /** Whether all of these warnings are off, so that nothing has to be read for them. */
  areOff(...ids: readonly WarningId[]): boolean {
    return ids.every((id) => this.settings.levels[id] === "off");
  }

  areErrors(...ids: readonly WarningId[]): boolean {
    return ids.some((id) => this.settings.levels[id] === "error");
  }

  /** The warnings that are errors. Hides the values of the properties in `secrets`. */
  errors(found: readonly Warning[], secrets: readonly string[]): Problem[] {
    return this.at("error", found, secrets).map(({ id, property, reason }) => ({
      property,
      reason: `${reason} [${id}, made an error by the setting aixplain:warnings]`,
    }));
  }

  /** Reports the other warnings, each once per run: the engine checks a replacement twice. */
  report(keyName: string, found: readonly Warning[], secrets: readonly string[]): void {
    for (const { id, property, reason } of this.at("warn", found, secrets)) {
      const line = `Warning: the key ${JSON.stringify(keyName)}: ${property} ${reason} [${id}]`;
      if (this.reported.has(line)) continue;
      this.reported.add(line);
      this.write(line);
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
