/**
 * Lint rules of this project that oxlint does not have. oxlint loads this file as a plugin: see `jsPlugins` in
 * .oxlintrc.json. The tests in test/lint/ run the rules on examples.
 */
import { dirname, relative, resolve, sep } from "node:path";

import { docstring } from "./docstring-rule.ts";
import { namedSubject } from "./named-subject-rule.ts";
import { plainWords } from "./plain-words-rule.ts";
import { importProblem } from "./rooms.ts";
import { typeOf } from "./rule.ts";
import type { Node, Rule } from "./rule.ts";
import { shortSentences } from "./short-sentences-rule.ts";

const SRC = resolve(import.meta.dirname, "../../src");

/** Refuses imports from folders that are not below the importing one: see `rooms.ts`. */
const rooms: Rule = {
  create(context) {
    const check = (node: Node): void => {
      const specifier = specifierOf(node);
      if (specifier === null || !specifier.startsWith(".")) return;
      const from = inSrc(context.filename);
      const to = inSrc(resolve(dirname(context.filename), specifier));
      if (from === null || to === null) return;
      const message = importProblem(from, to);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};

/** Refuses object spreads in wiring, because a spread loses a renamed setting without an error. */
const nameWhatIsPassed: Rule = {
  create(context) {
    return {
      SpreadElement(node) {
        if (typeOf(node["parent"]) === "ObjectExpression")
          context.report({ node, message: "Name what you pass; a spread loses a renamed value silently." });
      },
    };
  },
};

/** Refuses `new Date()` and `Date()`, because time comes from the `Clock` that app/ passes in. */
const timeFromClock: Rule = {
  create(context) {
    const check = (node: Node): void => {
      const callee = node["callee"] as Node;
      const given = node["arguments"] as readonly Node[];
      if (callee["name"] === "Date" && (given.length === 0 || node.type === "CallExpression"))
        context.report({ node, message: "Take the time from the Clock that app/ passes in." });
    };
    return { NewExpression: check, CallExpression: check };
  },
};

export default {
  meta: { name: "house" },
  rules: {
    rooms,
    "name-what-is-passed": nameWhatIsPassed,
    "time-from-clock": timeFromClock,
    "named-subject": namedSubject,
    "plain-words": plainWords,
    "short-sentences": shortSentences,
    docstring,
  },
};

function specifierOf(node: Node): string | null {
  const source = (node["source"] ?? node["argument"]) as Node | null | undefined;
  const value = source?.["value"];
  return typeof value === "string" ? value : null;
}

function inSrc(path: string): string | null {
  const inside = relative(SRC, path);
  return inside.startsWith("..") ? null : inside.split(sep).join("/");
}
