import type { PanelTexts } from "../../texts/en/panel.ts";

export interface CountNoteProps {
  /** The HTML ID of the text area. */
  readonly of: string;
  /** The text in the text area when the page is loaded. */
  readonly text: string;
  readonly max: number;
  readonly texts: PanelTexts;
}

/**
 * Shows the length of a text and the most characters that it may have. The page's script keeps the length up to date.
 * The field has no `maxlength`, because that would cut pasted text without notice.
 */
export function CountNote({ of, text, max, texts }: CountNoteProps) {
  return (
    <span
      id={`${of}-count`}
      class={text.length > max ? "count over" : "count"}
      data-count={of}
      data-most={max}
    >
      <span data-counted>{text.length}</span> {texts.ofCharacters(max)}
    </span>
  );
}
