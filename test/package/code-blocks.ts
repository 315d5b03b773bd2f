import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A fenced block of a Markdown page. */
export interface CodeBlock {
  readonly file: string;
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** Lines that the text around takes for granted, from `<!-- compiled after: ... -->` before the block. */
  readonly before: string;
  /** Why it is not checked, from `<!-- not checked: ... -->` before the block. */
  readonly unchecked: string | undefined;
}

const FOLDERS = ["docs", "docs/decisions", "examples", "policies", "emulator", "."];

/** The pages that people read, those of the examples among them. */
export function markdownFiles(root: string): string[] {
  const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/${name}`);
  return [...FOLDERS, ...examples].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => (folder === "." ? name : `${folder}/${name}`)),
  );
}

const comment = (kind: string, line: string): string | undefined =>
  new RegExp(`^\\s*<!-- ${kind}: (.+) -->$`).exec(line)?.[1];

export function blocksOf(file: string, text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent = "", language] = /^(\s*)```(\w*)\s*$/.exec(lines[at] ?? "") ?? [];
    if (language === undefined) continue;
    const end = lines.findIndex((line, index) => index > at && line.trim() === "```");
    const previous =
      lines
        .slice(0, at)
        .filter((line) => line.trim() !== "")
        .at(-1) ?? "";
    blocks.push({
      file,
      line: at + 1,
      language,
      code: lines
        .slice(at + 1, end)
        .map((line) => line.slice(indent.length))
        .join("\n"),
      before: comment("compiled after", previous) ?? "",
      unchecked: comment("not checked", previous),
    });
    at = end;
  }
  return blocks;
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  esModuleInterop: true,
  types: ["node", "jest"],
};

/** What the compiler has against the blocks, each a module of its own in a folder that resolves the built packages. */
export function compilerProblems(root: string, blocks: readonly CodeBlock[]): string[] {
  const sources = new Map(
    blocks.map((block, index) => [
      join(root, `block-${index}.ts`),
      { block, text: `${block.before}\n${block.code}` },
    ]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.readFile = (file) => sources.get(file)?.text ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const source = sources.get(file);
    return source ? ts.createSourceFile(file, source.text, rest[0]) : getSourceFile(file, ...rest);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const { block } = sources.get(file?.fileName ?? "") ?? {};
    const within = file ? file.getLineAndCharacterOfPosition(start).line : 0;
    const place = block ? `${block.file}:${block.line + within}` : String(file?.fileName);
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
