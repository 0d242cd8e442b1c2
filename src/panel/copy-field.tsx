import { CopyFrame } from "./copy-frame.tsx";
import type { CopyProps } from "./copy-frame.tsx";

/** One line to take along. */
export function CopyField({ text, ...frame }: CopyProps) {
  return (
    <CopyFrame {...frame}>
      <input id={frame.id} value={text} readonly spellcheck={false} />
    </CopyFrame>
  );
}
