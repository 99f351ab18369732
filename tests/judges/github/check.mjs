// GitHub's own workflow parser and language service over many files: a JSON list of paths on stdin,
// a JSON list of {path, line, column, rule, severity, message} on stdout.
// Usage: node check.mjs FOLDER, where FOLDER/node_modules holds the packages.

import { readFileSync } from "node:fs";
import { register } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

register("./hooks.mjs", { parentURL: import.meta.url, data: pathToFileURL(resolve(process.argv[2], "x")).href });

const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import("@actions/workflow-parser");
const { registerLogger, setLogLevel, LogLevel, validate } = await import("@actions/languageservice");
const { TextDocument } = await import("vscode-languageserver-textdocument");

const SEVERITIES = { 1: "error", 2: "warning", 3: "information", 4: "hint" };
const findings = [];

// The language service swallows its own exceptions into its log: they are findings here.
const log = [];
const keep = (text) => log.push(text);
registerLogger({ error: keep, warn: () => {}, info: () => {}, log: () => {} });
setLogLevel(LogLevel.Error);

async function parse(path, content) {
  const { context, value } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  for (const { rawMessage, range } of context.errors.getErrors()) {
    const { line = 0, column = 0 } = range?.start ?? {};
    findings.push({ path, line, column, rule: "workflow-parser", severity: "error", message: rawMessage });
  }
}

async function serve(path, content, number) {
  // The service remembers what it parsed by URI, and takes a file named action.yml for an action.
  const uri = `file:///${number}/.github/workflows/workflow.yml`;
  for (const { message, range, severity = 1 } of await validate(TextDocument.create(uri, "yaml", 1, content))) {
    const { line, character } = range.start;
    const place = { path, line: line + 1, column: character + 1 };
    findings.push({ ...place, rule: "languageservice", severity: SEVERITIES[severity], message });
  }
  for (const message of log.splice(0)) {
    findings.push({ path, line: 0, column: 0, rule: "languageservice", severity: "error", message });
  }
}

for (const [number, path] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  const content = readFileSync(path, "utf8");
  await parse(path, content);
  await serve(path, content, number);
}
process.stdout.write(JSON.stringify(findings));
