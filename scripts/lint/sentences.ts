/** More words than this in one sentence need a second reading. */
export const MOST_WORDS = 25;

/** What ends a sentence, though it may have no full stop: a blank line, a list's next item, a docstring's next tag. */
const BREAK = /\n\s*\n|\n\s*(?:[-*]|\d+\.) |\n\s*(?=@\w)/;
/** A full stop, question or exclamation mark, with a closing bracket or quotation mark, before a blank. */
const SENTENCE_END = /(?<=[.!?…][)"'”*]*)\s+(?=[^a-z])/;
/** Its words count as one. */
const ONE_WORD = /`[^`]*`|\{@?\w[^}]*\}|https?:\/\/\S+/g;

/**
 * The sentences of a comment or text. A code span counts as one word, and so does an address or a placeholder.
 *
 * @param text without the marks of a comment; lines are joined
 */
export function sentencesOf(text: string): string[] {
  return text
    .split(BREAK)
    .flatMap((part) => part.replaceAll(ONE_WORD, "X").replaceAll(/\s+/g, " ").trim().split(SENTENCE_END))
    .filter((sentence) => sentence !== "");
}

/** How many words a sentence has: what has a letter or digit, between blanks. */
export function countWords(sentence: string): number {
  return sentence.split(" ").filter((word) => /[\p{L}\d]/u.test(word)).length;
}

/** The sentences with more words than a reader takes in at once. */
export function longSentences(text: string): string[] {
  return sentencesOf(text).filter((sentence) => countWords(sentence) > MOST_WORDS);
}
