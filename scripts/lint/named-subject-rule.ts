import type { Rule } from "./rule.ts";
import { visitProse } from "./visit-prose.ts";

/** Beginnings of a comment that says something about a value, but not which value it is. */
const WITHOUT_SUBJECT =
  /^\s*(?:Null|Such as|Of (?:the|its|this|all)|Milliseconds|Seconds|In (?:milliseconds|seconds|bytes|characters)|Shortened by|Smaller in)\b/;

/** Asks a comment to name its subject first: "The port; null for none", not "Null for none". */
export const namedSubject: Rule = {
  create(context) {
    return visitProse(context, (text, node) => {
      if (node.type !== "Block" && node.type !== "Line") return;
      const [beginning] = WITHOUT_SUBJECT.exec(text) ?? [];
      if (beginning === undefined) return;
      context.report({ node, message: `Say what the value is before "${beginning.trim()} …".` });
    });
  },
};
