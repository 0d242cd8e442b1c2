import type { ConversationEntry } from "../../domain/conversation-entry.ts";
import { CHANGE_TOKEN_FIELD } from "../guard-changes.ts";
import type { PanelFacts } from "../panel-facts.ts";
import type { PanelTexts } from "../texts/panel-texts.ts";
import { channelOf } from "./entry-words.ts";
import { canBeAnswered } from "./person.ts";

/** Twilio's limit of a message's text. */
export const LONGEST_TEXT = 1600;

export interface ReplyCardProps {
  readonly facts: PanelFacts;
  readonly address: string;
  readonly entries: readonly ConversationEntry[];
  readonly changeToken: string;
  readonly once: string;
  readonly faultyText: string | null;
  readonly texts: PanelTexts;
}

/** Writes back, by the way that the last message came. */
export function ReplyCard(props: ReplyCardProps) {
  const { facts, address, entries, changeToken, once, faultyText, texts } = props;
  const { reply } = texts.conversations;
  const last = lastMessage(entries);
  return (
    <section class="card" id="newest" aria-labelledby="reply-title">
      <h2 id="reply-title">{reply.title}</h2>
      {canBeAnswered(address) ? (
        <form class="fields" method="post" action="reply">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="once" value={once} />
          <input type="hidden" name="with" value={address} />
          <label for="reply">{reply.label}</label>
          <textarea
            id="reply"
            name="text"
            rows={3}
            maxlength={LONGEST_TEXT}
            required
            aria-describedby="reply-note"
          >
            {faultyText ?? ""}
          </textarea>
          {faultyText === null ? null : (
            <p class="why" role="alert">
              {reply.empty}
            </p>
          )}
          <p class="note" id="reply-note">
            {reply.by(channelOf(last?.address ?? address, texts.conversations))}
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

/** Tells by which way, and from which of our numbers, to write back. */
export function lastMessage(entries: readonly ConversationEntry[]): ConversationEntry | null {
  return entries.findLast(({ kind }) => kind === "message") ?? null;
}
