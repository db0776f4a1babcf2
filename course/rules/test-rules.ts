/**
 * What the gate finds wrong in the test of an exercise.
 *
 * @module
 */
import ts from "typescript";
import type { Mistake } from "../lessons/mistakes.ts";

/**
 * Checks the test of an exercise.
 *
 * @param file Its path from the root, `"test/02-echo/1-echo-server.test.ts"`
 * @param source Its text
 */
export function checkTest(file: string, source: string): Mistake[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const key = file.replace(/^test\/|\.test\.ts$/g, "");
  const own = `#exercises/${key}.ts`;
  const at = (node: ts.Node) => tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const found = allNodes(tree).flatMap((node) =>
    rules.flatMap((rule) => rule(node, own).map((what) => ({ file, line: at(node), what })))
  );
  const isBound = source.includes(`"${own}"`) || source.includes("programExercise(import.meta.url");
  return isBound ? found : [...found, { file, line: 1, what: `It does not test ${own}` }];
}

function allNodes(node: ts.Node): ts.Node[] {
  const nodes = [node];
  ts.forEachChild(node, (child) => {
    nodes.push(...allNodes(child));
  });
  return nodes;
}

type Rule = (node: ts.Node, own: string) => string[];

/** What vitest may be asked for: verdicts come from the harness, not from an assertion library. */
const fromVitest = ["describe", "test"];

const checkImport: Rule = (node, own) => {
  if (!ts.isImportDeclaration(node)) return [];
  const from = (node.moduleSpecifier as ts.StringLiteral).text;
  const names = node.importClause?.getText() ?? "";
  if (from === "vitest") {
    const other = names.match(/\w+/g)?.find((name) => !fromVitest.includes(name));
    return other ? [`It imports ${other} from vitest: what it must say is in #support/`] : [];
  }
  if (/assert|chai/.test(from)) {
    return [`It imports ${from}: a verdict comes from #support/, not from an assertion library`];
  }
  if (/timers/.test(from)) return [`It imports ${from}: a test waits for an event, not for a time`];
  if (from.startsWith("#exercises/") && from !== own) return [`It imports another's ${from}`];
  return /^\./.test(from) ? [`It imports ${from}: what tests share comes from #support/`] : [];
};

const checkWaiting: Rule = (node) => {
  if (!ts.isCallExpression(node)) return [];
  const name = node.expression.getText().split(".").at(-1)!;
  return /^(setTimeout|setInterval|sleep|wait)$/.test(name)
    ? [`It calls ${name}(): a test waits for an event, not for a time`]
    : [];
};

const isPort = (node: ts.Node | undefined) =>
  node !== undefined && (ts.isNumericLiteral(node) || ts.isStringLiteral(node)) &&
  /^[1-9]\d{0,4}$/.test(node.text);

const takesPort = /^(connect|createConnection|listen)$/;

const checkPort: Rule = (node) => {
  const fixed = fixedPort(node);
  return fixed ? [`It uses the fixed port ${fixed.getText()}: ask freePort() for one`] : [];
};

function fixedPort(node: ts.Node): ts.Node | undefined {
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) {
    const { initializer } = node;
    const name = node.name.getText();
    if (/port$/i.test(name) && isPort(initializer)) return initializer;
    if (name === "args" && initializer && ts.isArrayLiteralExpression(initializer)) {
      return initializer.elements.find(isPort);
    }
  }
  if (ts.isCallExpression(node) && takesPort.test(node.expression.getText().split(".").at(-1)!)) {
    return node.arguments.find(isPort);
  }
  const isText = ts.isStringLiteral(node) || ts.isTemplateHead(node) ||
    ts.isNoSubstitutionTemplateLiteral(node);
  return isText && /(?:\d+\.\d+\.\d+\.\d+|localhost|\]):[1-9]\d*/.test(node.text)
    ? node
    : undefined;
}

const checkName: Rule = (node) => {
  if (!ts.isCallExpression(node) || !/^test\b/.test(node.expression.getText())) return [];
  // The cases of test.for(...)("name", ...) are in the inner call.
  if (/^test\.(for|each)$/.test(node.expression.getText())) return [];
  const [title] = node.arguments;
  if (!title || !ts.isStringLiteralLike(title)) return ["A test's name is a plain string"];
  const { text } = title;
  if (/\bshould\b/.test(text)) return [`"${text}" says should: say what it does`];
  if (/\.$/.test(text)) return [`"${text}" ends with a period`];
  return /^(?:[A-Za-z][\w.]*\(\)|[a-z]+) [a-z]+s\b/.test(text)
    ? []
    : [`"${text}" does not begin with a symbol() or a noun, and what it does`];
};

const rules = [checkImport, checkWaiting, checkPort, checkName];
