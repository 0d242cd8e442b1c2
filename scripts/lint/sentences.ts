/** The highest number of words in one sentence. */
export const MOST_WORDS = 25;

/** A sentence without a full stop ends at a blank line, at a list's next item and at a docstring's next tag. */
const BREAK = /\n\s*\n|\n\s*(?:[-*]|\d+\.) |\n\s*(?=@\w)/;
/** A full stop, question or exclamation mark, with a closing bracket or quotation mark, before a blank. */
const SENTENCE_END = /(?<=[.!?…][)"'”*]*)\s+(?=[^a-z])/;
/** A code span, a placeholder or a URL counts as one word. */
const ONE_WORD = /`[^`]*`|\{@?\w[^}]*\}|https?:\/\/\S+/g;

/**
 * The sentences of a comment or text. A code span counts as one word, and so does a URL or a placeholder.
 *
 * @param text without the marks of a comment; lines are joined
 */
export function sentencesOf(text: string): string[] {
  return text
    .split(BREAK)
    .flatMap((part) => part.replaceAll(ONE_WORD, "X").replaceAll(/\s+/g, " ").trim().split(SENTENCE_END))
    .filter((sentence) => sentence !== "");
}

/** The number of words in a sentence. A word has at least one letter or digit. */
export function countWords(sentence: string): number {
  return sentence.split(" ").filter((word) => /[\p{L}\d]/u.test(word)).length;
}

/** The sentences of a text that have more than `MOST_WORDS` words. */
export function longSentences(text: string): string[] {
  return sentencesOf(text).filter((sentence) => countWords(sentence) > MOST_WORDS);
}
