import { splitChannel } from "../../domain/address/channel-address.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { channelLabel } from "./entry-words.ts";
import { FaultNote } from "./fault-note.tsx";
import { MessageFields } from "./message-fields.tsx";
import { canReplyTo } from "./person.ts";
import { messageFault } from "./unsent-message.ts";
import type { UnsentMessage } from "./unsent-message.ts";

export interface ReplyCardProps {
  readonly appState: AppState;
  readonly conversationKey: string;
  /** The number or channel address to which the reply goes. */
  readonly replyTo: string;
  readonly changeToken: string;
  readonly idempotencyKey: string;
  readonly unsentReply: UnsentMessage | null;
  readonly texts: PanelTexts;
}

/** Shows the form for a reply, which goes through the channel of the last message. */
export function ReplyCard(props: ReplyCardProps) {
  const { appState, conversationKey, replyTo, changeToken, idempotencyKey, unsentReply, texts } = props;
  const { reply } = texts.conversations;
  return (
    <section class="card" id="newest" aria-labelledby="reply-title">
      <h2 id="reply-title" class="unseen">
        {reply.title}
      </h2>
      {canReplyTo(replyTo) ? (
        <form class="fields" method="post" action="reply" enctype="multipart/form-data">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="idempotency_key" value={idempotencyKey} />
          <input type="hidden" name="with" value={conversationKey} />
          {unsentReply === null ? null : (
            <FaultNote text={messageFault(unsentReply, reply)} reason={unsentReply.fault.reason} />
          )}
          <MessageFields
            id="reply"
            typed={unsentReply ?? { text: "", source: "" }}
            isSms={splitChannel(replyTo) === null}
            texts={texts}
          />
          <button>{reply.send}</button>
          <p class="note" id="reply-note">
            {reply.by(channelLabel(replyTo, texts.conversations))}
            {appState.homeAssistant.connected ? null : ` ${reply.away}`}
          </p>
        </form>
      ) : (
        <p class="note">{reply.impossible}</p>
      )}
    </section>
  );
}
