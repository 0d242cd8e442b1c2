import type { PanelTexts } from "./texts/panel-texts.ts";

export interface CopyFieldProps {
  readonly texts: PanelTexts;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** A text to take along. The button shows itself only where the page's script runs; the text can be marked without it. */
export function CopyField({ texts, id, label, text }: CopyFieldProps) {
  return (
    <div class="copy-field">
      <label for={id}>{label}</label>
      <div>
        <input id={id} value={text} readonly spellcheck={false} />
        <button type="button" hidden data-copy={id} data-copied={texts.copied}>
          {texts.copy}
        </button>
      </div>
      <output for={id} class="unseen"></output>
    </div>
  );
}
