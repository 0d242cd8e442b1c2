import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";

/** Shows one line of text with a button that copies it. */
export function CopyField({ text, ...frame }: CopyProps) {
  return (
    <CopyFrame {...frame}>
      <input id={frame.id} value={text} readonly spellcheck={false} />
    </CopyFrame>
  );
}

export interface CopyProps {
  readonly texts: PanelTexts;
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

export interface CopyFrameProps extends Omit<CopyProps, "text"> {
  /** A CSS class in addition to `copy-field`. */
  readonly class?: string;
  /** The field with the text. Its HTML ID must be `id`. */
  readonly children: Child;
}

/**
 * Shows a label, a field and a button that copies the field's text. Without scripts the button is hidden, and the user
 * can select the text.
 */
export function CopyFrame({ texts, id, label, class: name, children }: CopyFrameProps) {
  return (
    <div class={name === undefined ? "copy-field" : `copy-field ${name}`}>
      <label for={id}>{label}</label>
      <div>
        {children}
        <button type="button" data-copy={id} data-copied={texts.copied}>
          {texts.copy}
        </button>
      </div>
      <output for={id} class="unseen"></output>
    </div>
  );
}

/** Shows several lines of text with a button that copies them. */
export function CopyBlock({ text, ...frame }: CopyProps) {
  return (
    <CopyFrame {...frame} class="copy-block">
      <textarea id={frame.id} rows={text.split("\n").length} readonly spellcheck={false} wrap="off">
        {text}
      </textarea>
    </CopyFrame>
  );
}
