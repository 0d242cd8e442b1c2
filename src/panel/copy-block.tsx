import { CopyFrame } from "./copy-frame.tsx";
import type { CopyProps } from "./copy-frame.tsx";

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
