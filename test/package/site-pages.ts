import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileFor } from "./site-server";

export interface SitePage {
  /** Its address below the base: `ci`, `decisions/adoption`, and nothing for the first page. */
  readonly address: string;
  /** What its relative links start from. */
  readonly folder: string;
  readonly html: string;
}

/** Every page of a built site. */
export const pagesOf = (directory: string): SitePage[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html") && file !== "404.html")
    .map((file) => ({
      folder: posix.dirname(file.replaceAll("\\", "/")),
      address: file.replaceAll("\\", "/").replace(/(^|\/)index\.html$|\.html$/, ""),
      html: readFileSync(join(directory, file), "utf8"),
    }));

const hasId = (html: string, id: string): boolean => html.includes(`id="${id}"`);

/** Links of a page to other pages or headings of the site that lead nowhere. */
export function deadLinks({ address, folder, html }: SitePage, directory: string, base: string): string[] {
  const links = [...html.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = ""]) => href);
  return links.flatMap((href) => {
    if (/^\w+:/.test(href)) return [];
    const [target = "", anchor] = href.replaceAll("&amp;", "&").split("#");
    const absolute = target === "" ? `${base}${address}` : posix.resolve(`${base}${folder}`, target);
    const file = `${absolute}/`.startsWith(base)
      ? fileFor(directory, absolute.slice(base.length))
      : undefined;
    if (file === undefined) return [`${address}: ${href}`];
    const found = anchor === undefined || hasId(readFileSync(file, "utf8"), decodeURIComponent(anchor));
    return found ? [] : [`${address}: ${href} (no such heading)`];
  });
}
