import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import { messageSegments } from "../../domain/text/message-segments.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CountNote } from "../shell/count-note.tsx";

export interface MessageFieldsProps {
  /** The HTML ID of the field for the text. */
  readonly id: string;
  /** The user's earlier input if the message could not be sent; otherwise empty texts. */
  readonly typed: { readonly text: string; readonly source: string };
  /**
   * Whether the message is an SMS, or may be one because the user still chooses the channel. Then the page counts its
   * parts, each of which Twilio bills.
   */
  readonly isSms: boolean;
  readonly texts: PanelTexts;
}

/** Shows the field for a message's text, with the text's length, and a folded part for pictures. */
export function MessageFields({ id, typed: { text, source }, isSms, texts }: MessageFieldsProps) {
  const { reply, segments } = texts.conversations;
  const count = messageSegments(text);
  return (
    <>
      <label for={id}>{reply.label}</label>
      <textarea id={id} name="text" rows={3} aria-describedby={`${id}-count`}>
        {text}
      </textarea>
      <p class="note counts">
        <CountNote of={id} text={text} max={MAX_TEXT_LENGTH} texts={texts} />
        {isSms ? (
          <span data-segments={id} data-words={segments(0).replace("0", "#")} hidden={count === 0}>
            {segments(count)}
          </span>
        ) : null}
      </p>
      <details class="attach" open={source !== ""}>
        <summary>{reply.picture}</summary>
        <label for={`${id}-file`}>{reply.file}</label>
        <input id={`${id}-file`} type="file" name="file" accept="image/jpeg,image/png,image/gif" />
        <label for={`${id}-source`}>{reply.source}</label>
        <input
          id={`${id}-source`}
          name="source"
          value={source}
          autocomplete="off"
          aria-describedby={`${id}-source-hint`}
        />
        <p class="note" id={`${id}-source-hint`}>
          {reply.sourceHint}
        </p>
      </details>
    </>
  );
}
