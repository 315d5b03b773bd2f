import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { patternOf } from "./pattern";

/** A text for people in the code: the whole of an expression of literals, templates, `+` and conditions. */
export interface SourceMessage {
  /** File, declaration that it is in and, from the second on, its number there: it outlives every rewording. */
  readonly id: string;
  readonly file: string;
  readonly line: number;
  /** The text, with `<name>` for what is known at run time only and `[...]` for what may be left out. */
  readonly pattern: string;
}

const isText = (node: ts.Node): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

const isConcatenation = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

/** The outermost expression whose value this text is a part of. */
function wholeOf(node: ts.Node): ts.Node {
  const { parent } = node;
  const goesOn =
    ts.isParenthesizedExpression(parent) ||
    isConcatenation(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node && isPartOfText(parent));
  return goesOn ? wholeOf(parent) : node;
}

/** Whether a condition chooses a part of a longer text. One that chooses between whole texts holds two messages. */
function isPartOfText(node: ts.ConditionalExpression): boolean {
  const { parent } = node;
  if (ts.isTemplateSpan(parent) || isConcatenation(parent)) return true;
  if (ts.isParenthesizedExpression(parent))
    return ts.isTemplateSpan(parent.parent) || isConcatenation(parent.parent);
  return ts.isConditionalExpression(parent) && parent.condition !== node && isPartOfText(parent);
}

/** Two words, or one beside a value. */
const WORDS =
  /[A-Za-z]{2,}[^A-Za-z]* [^A-Za-z]*[A-Za-z]{2,}|[A-Za-z]{2,}[^A-Za-z<]* [^A-Za-z<]*<|>[^A-Za-z]* [^A-Za-z]*[A-Za-z]{2,}/;

/** Descriptions, which the reference and the help of the command show. */
const DESCRIBING_PROPERTIES = /^(summary|absent|notes|form|description|displayName)$/;
const DESCRIBING_CALLS = /^(description|summary|argument|option|addHelpText|addOption|helpOption)$/;

function describes(node: ts.Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (
    ts.isPropertyAssignment(parent) &&
    parent.initializer === node &&
    DESCRIBING_PROPERTIES.test(parent.name.getText())
  )
    return true;
  if (ts.isCallExpression(parent) && parent.expression !== node) {
    const { expression } = parent;
    const called = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
    if (DESCRIBING_CALLS.test(called)) return true;
  }
  return !ts.isFunctionLike(node) && describes(parent);
}

function declarationOf(node: ts.Node): string {
  const names: string[] = [];
  for (let each: ts.Node | undefined = node.parent; each; each = each.parent) {
    if ((ts.isFunctionDeclaration(each) || ts.isClassLike(each) || ts.isMethodDeclaration(each)) && each.name)
      names.unshift(each.name.getText());
    else if (ts.isVariableDeclaration(each) && ts.isSourceFile(each.parent.parent.parent))
      names.unshift(each.name.getText());
  }
  return names.join(".");
}

export function messagesOf(file: string, source: string): SourceMessage[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const wholes = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (isText(node) && !describes(node)) wholes.add(wholeOf(node));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const inlined = new Set<ts.Node>();
  const patterns = [...wholes].map((node) => ({ node, pattern: patternOf(node, inlined) }));
  const isInlined = (node: ts.Node): boolean =>
    inlined.has(node) || (node.parent !== undefined && isInlined(node.parent));
  const counts = new Map<string, number>();
  return patterns.flatMap(({ node, pattern }) => {
    if (isInlined(node) || !WORDS.test(pattern.replaceAll(/<[^>]*>/g, "<>"))) return [];
    const place = `${file} ${declarationOf(node)}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    return [{ id: count === 1 ? place : `${place} ${count}`, file, line, pattern }];
  });
}

/** The messages of every TypeScript file below a folder of the repository. */
export function messagesBelow(root: string, folder: string): SourceMessage[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /^(node_modules|dist)$/.test(entry.name) ? [] : messagesBelow(root, inside);
    const isSource = entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts");
    return isSource ? messagesOf(inside, readFileSync(path.join(root, inside), "utf8")) : [];
  });
}
