import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";

/** One line to take along. */
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
  /** Beside `copy-field`. */
  readonly class?: string;
  /** What holds the text, under that id. */
  readonly children: Child;
}

/** A text to take along. The styles show the button only where the page's script runs; the text can be marked without it. */
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

/** Several lines to take along, as CopyField is for one. */
export function CopyBlock({ text, ...frame }: CopyProps) {
  return (
    <CopyFrame {...frame} class="copy-block">
      <textarea id={frame.id} rows={text.split("\n").length} readonly spellcheck={false} wrap="off">
        {text}
      </textarea>
    </CopyFrame>
  );
}
