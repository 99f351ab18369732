// Lets Node itself run the two packages, which are written for a bundler: their JSON imports name no
// type, and they stand in a folder of their own, not beside the script that asks for them.

import { readFileSync } from "node:fs";

let folder;

export function initialize(data) {
  folder = data;
}

export function resolve(specifier, context, next) {
  const ours = /^(@actions\/|vscode-)/.test(specifier) && !context.parentURL?.includes("/node_modules/");
  return next(specifier, ours ? { ...context, parentURL: folder } : context);
}

export function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  const source = `export default ${readFileSync(new URL(url), "utf8")}`;
  return { format: "module", shortCircuit: true, source };
}
