import type { PanelTexts } from "../../texts/en/panel.ts";

export interface CountNoteProps {
  /** The id of the text area. */
  readonly of: string;
  /** The text in the text area when the page is loaded. */
  readonly text: string;
  readonly max: number;
  readonly texts: PanelTexts;
}

/**
 * The current and the greatest length of a text. The page's script updates it. The field has no `maxlength`, which would
 * cut pasted text without notice.
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
