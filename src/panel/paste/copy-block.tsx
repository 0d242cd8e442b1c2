import type { PanelTexts } from "../texts/panel-texts.ts";

export interface CopyBlockProps {
  readonly texts: PanelTexts;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** Several lines to take along, as CopyField is for one. */
export function CopyBlock({ texts, id, label, text }: CopyBlockProps) {
  return (
    <div class="copy-field copy-block">
      <label for={id}>{label}</label>
      <div>
        <textarea id={id} rows={text.split("\n").length} readonly spellcheck={false} wrap="off">
          {text}
        </textarea>
        <button type="button" hidden data-copy={id} data-copied={texts.copied}>
          {texts.copy}
        </button>
      </div>
      <output for={id} class="unseen"></output>
    </div>
  );
}
