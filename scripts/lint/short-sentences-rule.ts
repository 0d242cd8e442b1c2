import { ALLOWED_SENTENCES } from "./allowed-sentences.ts";
import type { Rule } from "./rule.ts";
import { countWords, longSentences, MOST_WORDS } from "./sentences.ts";
import { visitProse } from "./visit-prose.ts";

/** Refuses long sentences in comments, log lines and texts, except for those in allowed-sentences.ts. */
export const shortSentences: Rule = {
  create(context) {
    return visitProse(context, (text, node) => {
      for (const sentence of longSentences(text)) {
        if (ALLOWED_SENTENCES.some(({ begins }) => sentence.startsWith(begins))) continue;
        const beginning = sentence.split(" ").slice(0, 6).join(" ");
        context.report({
          node,
          message: `Split "${beginning} …": ${countWords(sentence)} words are more than ${MOST_WORDS}.`,
        });
      }
    });
  },
};
