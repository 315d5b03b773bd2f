import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** The environment of a rendered page, as in VitePress. */
interface Environment {
  readonly path: string;
}

interface Token {
  readonly type: string;
  content: string;
  readonly children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
}

interface Markdown {
  readonly core: {
    readonly ruler: {
      push(
        name: string,
        rule: (state: { readonly tokens: Token[]; readonly env: Environment }) => void,
      ): void;
    };
  };
}

/** The title of a page, shown instead of its file name. */
function titleOf(file: string): string {
  const [, title = path.basename(file)] = /^# (.+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  return title.replaceAll("`", "");
}

const all = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => [token, ...all(token.children ?? [])]);

/**
 * The pages link to files of the repository, as GitHub shows them. On the site, a link to a file that is not a page leads to the
 * repository. A broken link fails the build.
 */
export function repositoryLinks(markdown: Markdown, root: string, address: string): void {
  const docs = path.join(root, "docs");
  markdown.core.ruler.push("repository_links", ({ tokens, env }) => {
    const found = all(tokens);
    for (const [index, token] of found.entries()) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null || /^(\w+:|#|\/)/.test(href)) continue;
      const [file = "", anchor] = href.split("#");
      const target = path.resolve(path.dirname(env.path), file);
      if (!existsSync(target)) throw new Error(`${env.path} links to ${href}, which does not exist`);
      if (target.startsWith(docs + path.sep) && target.endsWith(".md")) {
        const text = found[index + 1];
        if (text?.type === "text" && /^[\w/.-]+\.md$/.test(text.content)) text.content = titleOf(target);
        continue;
      }
      const kind = statSync(target).isDirectory() ? "tree" : "blob";
      const below = path.relative(root, target).split(path.sep).join("/");
      token.attrSet("href", `${address}/${kind}/main/${below}${anchor === undefined ? "" : `#${anchor}`}`);
    }
  });
}
