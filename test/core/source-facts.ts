import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What a source file asks of the world, read from its syntax tree and not from its text. */
export interface SourceFacts {
  /** Below the root of the repository, with forward slashes. */
  readonly file: string;
  /** Every module that it names: imports, re-exports, `require`, `import()`, types by `import("...")`. */
  readonly imports: readonly { readonly module: string; readonly names: readonly string[] }[];
  /** Names of the surroundings that it uses, as `Date.now`, `new Date()`, `process.env`, `fetch`. */
  readonly globals: readonly string[];
  readonly classes: readonly { readonly name: string; readonly base: string | undefined }[];
  /** The class of everything that it makes with `new`, and whether that is what a `throw` throws. */
  readonly made: readonly { readonly name: string; readonly thrown: boolean }[];
  /** What is thrown without being made there: `error`, `"text"`, `connectionError(...)`. */
  readonly rethrown: readonly string[];
}

const AMBIENT = new Set([
  "process",
  "fetch",
  "console",
  "performance",
  "crypto",
  "globalThis",
  "global",
  "window",
  "self",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "eval",
  "Function",
  "WebSocket",
  "XMLHttpRequest",
  "__dirname",
  "__filename",
]);

/** Whether an identifier is a use of a name, and not a name of its own: a property, a parameter, a key. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) {
    return parent.initializer === node;
  }
  return !(
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeReferenceNode(parent)
  );
}

const text = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const bindings = clause?.namedBindings;
  const named = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
  const whole = clause?.name || (bindings && ts.isNamespaceImport(bindings)) ? ["*"] : [];
  return [...named.map((each) => (each.propertyName ?? each.name).text), ...whole];
}

/** What a `throw` may throw: each end of a condition for itself. */
function thrownBy(expression: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return thrownBy(expression.expression);
  if (!ts.isConditionalExpression(expression)) return [expression];
  return [...thrownBy(expression.whenTrue), ...thrownBy(expression.whenFalse)];
}

export function factsOf(file: string, source: string): SourceFacts {
  const imports: { module: string; names: string[] }[] = [];
  const globals: string[] = [];
  const classes: { name: string; base: string | undefined }[] = [];
  const made: { name: string; thrown: boolean }[] = [];
  const rethrown: string[] = [];
  const thrown = new Set<ts.Node>();
  const add = (module: string | undefined, names: string[] = ["*"]): void => {
    // A module that only the running program knows cannot be judged: it breaks every rule.
    imports.push({ module: module ?? "(computed)", names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(text(node.moduleSpecifier), importedNames(node.importClause));
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(text(node.moduleSpecifier));
    else if (ts.isExternalModuleReference(node)) add(text(node.expression));
    else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? text(node.argument.literal) : undefined);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const requires = ts.isIdentifier(expression) && expression.text === "require";
      if (requires || expression.kind === ts.SyntaxKind.ImportKeyword) add(text(node.arguments[0]));
      if (ts.isIdentifier(expression) && expression.text === "Date") globals.push("Date()");
    } else if (ts.isNewExpression(node)) {
      made.push({ name: node.expression.getText(), thrown: thrown.has(node) });
      const isDate = ts.isIdentifier(node.expression) && node.expression.text === "Date";
      if (isDate && (node.arguments ?? []).length === 0) globals.push("new Date()");
    } else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const whole = `${node.expression.text}.${node.name.text}`;
      if (whole === "Date.now" || whole === "Math.random") globals.push(whole);
    } else if (ts.isBindingElement(node) || ts.isElementAccessExpression(node)) {
      // `const { now } = Date`, `Math["random"]`
      const of = ts.isElementAccessExpression(node) ? node.expression : node.parent.parent;
      const value = ts.isVariableDeclaration(of) ? of.initializer : of;
      if (value && ts.isIdentifier(value) && /^(Date|Math)$/.test(value.text))
        globals.push(`${value.text}[...]`);
    }
    if (ts.isClassLike(node)) {
      const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      classes.push({ name: node.name?.text ?? "(nameless)", base: base?.types[0]?.expression.getText() });
    } else if (ts.isThrowStatement(node)) {
      for (const each of thrownBy(node.expression)) {
        if (ts.isNewExpression(each)) thrown.add(each);
        else rethrown.push(each.getText());
      }
    }
    if (ts.isIdentifier(node) && AMBIENT.has(node.text) && isUse(node)) globals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true));
  return { file, imports, globals, classes, made, rethrown };
}

/** The facts of every TypeScript file below a folder of the repository, built ones and dependencies left out. */
export function factsBelow(root: string, folder: string): SourceFacts[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist)$/.test(entry.name) ? [] : factsBelow(root, inside);
    const isSource = /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts");
    return isSource ? [factsOf(inside, readFileSync(path.join(root, inside), "utf8"))] : [];
  });
}
