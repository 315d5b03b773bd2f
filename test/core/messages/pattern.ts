import ts from "typescript";

/** Functions that write what they are given, some of them in quotes. */
const WRITING = /^(JSON\.stringify|show|String|kind)$/;
const QUOTING = /^(JSON\.stringify|show)$/;

/** What stands for a value that is known at run time only: the name that the code gives it. */
function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return nameOf(node.expression);
  if (ts.isElementAccessExpression(node)) return nameOf(node.expression);
  if (ts.isAwaitExpression(node)) return nameOf(node.expression);
  if (ts.isCallExpression(node)) {
    const { expression } = node;
    const called = expression.getText();
    const [argument] = node.arguments;
    if (WRITING.test(called) && argument) return nameOf(argument);
    if (
      ts.isPropertyAccessExpression(expression) &&
      /^(join|map|toISOString|toString|slice|replace|toFixed|filter|sort|toLocaleString|padEnd|padStart|trim)$/.test(
        expression.name.text,
      )
    )
      return nameOf(expression.expression);
    return nameOf(expression);
  }
  if (ts.isBinaryExpression(node)) return nameOf(node.left);
  if (ts.isConditionalExpression(node)) return nameOf(node.whenTrue);
  return "value";
}

function placeholder(node: ts.Expression): string {
  const words = nameOf(node)
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  const isQuoted = ts.isCallExpression(node) && QUOTING.test(node.expression.getText());
  return isQuoted ? `"<${words}>"` : `<${words}>`;
}

/** The constant of the same function or file that a name stands for, if it is a text. */
function constantOf(node: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = node.parent; scope; scope = scope.parent) {
    if (!ts.isBlock(scope) && !ts.isSourceFile(scope)) continue;
    for (const statement of scope.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find(
        ({ name }) => ts.isIdentifier(name) && name.text === node.text,
      );
      if (found) return found.initializer;
    }
  }
  return undefined;
}

const isTextual = (node: ts.Expression): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isParenthesizedExpression(node) && isTextual(node.expression)) ||
  (ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
    (isTextual(node.left) || isTextual(node.right))) ||
  (ts.isConditionalExpression(node) && isTextual(node.whenTrue) && isTextual(node.whenFalse));

function alternatives(node: ts.ConditionalExpression, inlined: Set<ts.Node>): string {
  const [yes, no] = [written(node.whenTrue, inlined), written(node.whenFalse, inlined)];
  if (yes === "" || no === "") return yes + no === "" ? "" : `[${yes}${no}]`;
  return yes === no ? yes : `[${yes}|${no}]`;
}

function written(node: ts.Expression, inlined: Set<ts.Node>): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return written(node.expression, inlined);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return written(node.left, inlined) + written(node.right, inlined);
  if (ts.isConditionalExpression(node)) return alternatives(node, inlined);
  if (ts.isTemplateExpression(node))
    return (
      node.head.text +
      node.templateSpans
        .map(({ expression, literal }) => written(expression, inlined) + literal.text)
        .join("")
    );
  if (ts.isIdentifier(node)) {
    const constant = constantOf(node);
    if (constant && isTextual(constant)) {
      inlined.add(constant);
      return written(constant, inlined);
    }
  }
  return placeholder(node);
}

/** What the text of an expression looks like. `inlined` gets the constants that became a part of it. */
export const patternOf = (node: ts.Node, inlined: Set<ts.Node>): string =>
  written(node as ts.Expression, inlined);
