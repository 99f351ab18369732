// GitHub's own evaluator of expressions: one JSON line on stdin answers one on stdout.
// The first line holds {contexts, functions}: data, and names of functions with their constant value.
// Each further line is an expression; its answer {error} or {value, text, truthy}.
// Usage: node expressions.mjs FOLDER, where FOLDER/node_modules holds the package.

import { register } from "node:module";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

register("./hooks.mjs", { parentURL: import.meta.url, data: pathToFileURL(resolve(process.argv[2], "x")).href });

const { Evaluator, Lexer, Parser, data } = await import("@actions/expressions");
const { reviver } = await import("@actions/expressions/data/reviver");
const { truthy } = await import("@actions/expressions/result");

const value = (plain) => JSON.parse(JSON.stringify(plain), reviver);

function shown(one) {
  if (one.kind === data.Kind.Null) return null;
  if (one.kind === data.Kind.Array) return { array: one.values().map(shown) };
  if (one.kind === data.Kind.Dictionary) return { object: one.pairs().map(({ key, value }) => [key, shown(value)]) };
  return one.kind === data.Kind.Number ? { number: String(one.value) } : one.value;
}

let contexts;
let functions;

function answer(expression) {
  let tree;
  try {
    tree = new Parser(new Lexer(expression).lex().tokens, contexts.pairs().map(({ key }) => key), functions).parse();
  } catch ({ message }) {
    return { error: "syntax", message };
  }
  try {
    const found = new Evaluator(tree, contexts, new Map(functions.map((one) => [one.name.toLowerCase(), one]))).evaluate();
    return { value: shown(found), text: found.coerceString(), truthy: truthy(found) };
  } catch ({ message }) {
    return { error: "evaluation", message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (contexts) {
    process.stdout.write(`${JSON.stringify(answer(asked))}\n`);
  } else {
    contexts = value(asked.contexts);
    functions = Object.entries(asked.functions).map(([name, result]) => ({
      name, minArgs: 0, maxArgs: 255, call: () => value(result),
    }));
  }
}
