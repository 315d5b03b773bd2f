import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export interface Output {
  readonly name: string;
  readonly text: string;
}

/** The outputs and getters of a class, each with its docstring, read from its source. */
export function outputsOf(root: string, file: string, className: string): Output[] {
  const source = readFileSync(path.join(root, file), "utf8");
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  const found = tree.statements.find(
    (each): each is ts.ClassDeclaration => ts.isClassDeclaration(each) && each.name?.text === className,
  );
  const members = (found?.members ?? []).filter(
    (each) =>
      (ts.isPropertyDeclaration(each) || ts.isGetAccessor(each) || ts.isMethodDeclaration(each)) &&
      !(
        ts.getCombinedModifierFlags(each) &
        (ts.ModifierFlags.Static | ts.ModifierFlags.Private | ts.ModifierFlags.Protected)
      ),
  );
  return members.flatMap((each) => {
    const text = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(each).find(ts.isJSDoc)?.comment);
    const name = each.name?.getText();
    return text === undefined || name === undefined ? [] : [{ name, text: text.replaceAll(/\s+/g, " ") }];
  });
}
