import { readFileSync } from "node:fs";
import path from "node:path";
import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { repositoryLinks } from "./repository-links";
import { sidebar } from "./sidebar";

const ROOT = path.resolve(import.meta.dirname, "../..");
const DOCS = path.join(ROOT, "docs");
const { repository, description } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
const ADDRESS: string = repository.url.replace(/^git\+|\.git$/g, "");

/** Without it the browser asks the server for /favicon.ico, which is not below the base. */
const ICON =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='6' fill='%233451b2'/><circle cx='11' cy='16' r='5' fill='none' stroke='white' stroke-width='3'/><path d='M16 16h11m-4 0v5' stroke='white' stroke-width='3' fill='none'/></svg>";

export default defineConfig({
  title: "pulumi-aixplain",
  description,
  lang: "en",
  // GitHub Pages serves a repository below its name.
  base: process.env.SITE_BASE ?? "/pulumi-aixplain/",
  srcDir: DOCS,
  outDir: path.join(ROOT, "site/dist"),
  cacheDir: path.join(ROOT, "site/.vitepress/cache"),
  rewrites: { "decisions/README.md": "decisions/index.md" },
  head: [["link", { rel: "icon", href: ICON }]],
  cleanUrls: true,
  metaChunk: true,
  // The messages are the headings of their page: too long and too many for the outline.
  transformPageData: (page) => {
    if (page.relativePath === "messages.md")
      Object.assign(page.frontmatter, { outline: 2, pageClass: "messages" });
  },
  markdown: {
    // As on GitHub, so that a link to a heading works in both places.
    anchor: { slugify: (text) => slug(text) },
    config: (markdown) => repositoryLinks(markdown, ROOT, ADDRESS),
  },
  themeConfig: {
    sidebar: sidebar(DOCS),
    outline: { level: [2, 3] },
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: ADDRESS }],
    editLink: { pattern: `${ADDRESS}/edit/main/docs/:path`, text: "Edit this page" },
  },
});
