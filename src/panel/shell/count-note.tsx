import type { PanelTexts } from "../../texts/en/panel.ts";

export interface CountNoteProps {
  /** The id of the text area. */
  readonly of: string;
  /** What stands in it when the page is loaded. */
  readonly text: string;
  readonly max: number;
  readonly texts: PanelTexts;
}

/**
 * How long a text may be and how long it is. The page's script keeps the count; nothing cuts the text, as `maxlength`
 * would do with what is pasted.
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
