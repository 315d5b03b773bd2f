export interface Section {
  /** "Unreleased" or a version. */
  readonly title: string;
  /** As written after the version, YYYY-MM-DD. */
  readonly date: string | undefined;
  readonly text: string;
}

/** The sections of a changelog: `## Unreleased`, `## 0.2.0 - 2026-11-24`. */
export function sections(changelog: string): Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const [title = "", date] = heading.trim().split(" - ");
    return { title, date, text: lines.join("\n").trim() };
  });
}

export const sectionOf = (changelog: string, title: string): Section | undefined =>
  sections(changelog).find((each) => each.title === title);

/** Folders whose content is published. */
const PUBLISHED = /^(provider|emulator|policies|plugin)\//;

/** Files in these folders that do not affect users. */
const INTERNAL = /(^|\/)(README\.md|Dockerfile|tsconfig\.json)$/;

/** The published files among `changed`, if the changelog is not among them. */
export function unmentioned(changed: readonly string[]): string[] {
  if (changed.includes("CHANGELOG.md")) return [];
  return changed.filter((file) => PUBLISHED.test(file) && !INTERNAL.test(file));
}
