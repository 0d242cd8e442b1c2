import { LONGEST_TEXT } from "../../domain/text/longest-text.ts";
import type { PanelTexts } from "../../texts/types/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import { CountNote } from "../shell/count-note.tsx";
import type { PanelFacts } from "../shell/facts.ts";
import { channelOf } from "./entry-words.ts";
import { canBeAnswered } from "./person.ts";

export interface ReplyCardProps {
  readonly facts: PanelFacts;
  readonly conversationKey: string;
  /** Where the reply goes, with its channel. */
  readonly replyTo: string;
  readonly changeToken: string;
  readonly once: string;
  readonly unsent: UnsentReply | null;
  readonly texts: PanelTexts;
}

/** What was to be sent and could not. `notKept`: the app could not write it to its disk. */
export interface UnsentReply {
  readonly text: string;
  readonly why: "empty" | "tooLong" | "notKept";
}

/** Writes back, by the way that the last message came. */
export function ReplyCard(props: ReplyCardProps) {
  const { facts, conversationKey, replyTo, changeToken, once, unsent, texts } = props;
  const { reply } = texts.conversations;
  return (
    <section class="card" id="newest" aria-labelledby="reply-title">
      <h2 id="reply-title">{reply.title}</h2>
      {canBeAnswered(replyTo) ? (
        <form class="fields" method="post" action="reply">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="once" value={once} />
          <input type="hidden" name="with" value={conversationKey} />
          <label for="reply">{reply.label}</label>
          <textarea id="reply" name="text" rows={3} required aria-describedby="reply-note reply-count">
            {unsent?.text ?? ""}
          </textarea>
          {unsent === null ? null : (
            <p class="why" role="alert">
              {unsent.why === "tooLong" ? reply.tooLong(unsent.text.length, LONGEST_TEXT) : reply[unsent.why]}
            </p>
          )}
          <p class="note">
            <CountNote of="reply" text={unsent?.text ?? ""} most={LONGEST_TEXT} texts={texts} />
          </p>
          <p class="note" id="reply-note">
            {reply.by(channelOf(replyTo, texts.conversations))}
            {facts.homeAssistant.connected ? null : ` ${reply.away}`}
          </p>
          <button>{reply.send}</button>
        </form>
      ) : (
        <p class="note">{reply.impossible}</p>
      )}
    </section>
  );
}
