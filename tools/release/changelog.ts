export interface Section {
  /** "Unreleased" or a version. */
  readonly title: string;
  /** As it is written behind the version, YYYY-MM-DD. */
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

/** The part of a file that a release note or a check of changes looks at. */
export const sectionOf = (changelog: string, title: string): Section | undefined =>
  sections(changelog).find((each) => each.title === title);

/** Folders whose content is published. */
const PUBLISHED = /^(provider|emulator|policies|plugin)\//;

/** Files there that change nothing for users. */
const INTERNAL = /(^|\/)(README\.md|Dockerfile|tsconfig\.json)$/;

/** What is wrong with a change of these files, if it does not tell its users of itself. */
export function unmentioned(changed: readonly string[]): string[] {
  if (changed.includes("CHANGELOG.md")) return [];
  return changed.filter((file) => PUBLISHED.test(file) && !INTERNAL.test(file));
}
