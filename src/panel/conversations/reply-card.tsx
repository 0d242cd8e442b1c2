import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { CountNote } from "../shell/count-note.tsx";
import { channelLabel } from "./entry-words.ts";
import { canReplyTo } from "./person.ts";

export interface ReplyCardProps {
  readonly appState: AppState;
  readonly conversationKey: string;
  /** The number or channel address for the reply. */
  readonly replyTo: string;
  readonly changeToken: string;
  readonly idempotencyKey: string;
  readonly unsentReply: UnsentReply | null;
  readonly texts: PanelTexts;
}

/** A reply that could not be sent. `notStored`: the app could not write it to its disk. */
export interface UnsentReply {
  readonly text: string;
  readonly reason: "empty" | "tooLong" | "notStored";
}

/** A form that replies by the channel of the last message. */
export function ReplyCard(props: ReplyCardProps) {
  const { appState, conversationKey, replyTo, changeToken, idempotencyKey, unsentReply, texts } = props;
  const { reply } = texts.conversations;
  return (
    <section class="card" id="newest" aria-labelledby="reply-title">
      <h2 id="reply-title">{reply.title}</h2>
      {canReplyTo(replyTo) ? (
        <form class="fields" method="post" action="reply">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="idempotency_key" value={idempotencyKey} />
          <input type="hidden" name="with" value={conversationKey} />
          <label for="reply">{reply.label}</label>
          <textarea id="reply" name="text" rows={3} required aria-describedby="reply-note reply-count">
            {unsentReply?.text ?? ""}
          </textarea>
          {unsentReply === null ? null : (
            <p class="why" role="alert">
              {unsentReply.reason === "tooLong"
                ? reply.tooLong(unsentReply.text.length, MAX_TEXT_LENGTH)
                : reply[unsentReply.reason]}
            </p>
          )}
          <p class="note">
            <CountNote of="reply" text={unsentReply?.text ?? ""} max={MAX_TEXT_LENGTH} texts={texts} />
          </p>
          <p class="note" id="reply-note">
            {reply.by(channelLabel(replyTo, texts.conversations))}
            {appState.homeAssistant.connected ? null : ` ${reply.away}`}
          </p>
          <button>{reply.send}</button>
        </form>
      ) : (
        <p class="note">{reply.impossible}</p>
      )}
    </section>
  );
}
