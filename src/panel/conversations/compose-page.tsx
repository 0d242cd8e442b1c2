import type { ConversationsTexts } from "../../texts/en/conversations.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { Page } from "../shell/page.tsx";
import { ContactField } from "./contact-field.tsx";
import { FaultNote } from "./fault-note.tsx";
import { MessageFields } from "./message-fields.tsx";
import { messageFault } from "./unsent-message.ts";
import type { UnsentMessage } from "./unsent-message.ts";

/** A message or call that the app did not accept, with the values that the user typed. The form still contains them. */
export interface UnsentNewMessage extends Omit<UnsentMessage, "fault"> {
  readonly to: string;
  readonly isWhatsApp: boolean;
  readonly fault:
    | { readonly of: "recipient"; readonly kind: "unknown" | "missing"; readonly reason: string | null }
    | ({ readonly of: "message" } & UnsentMessage["fault"]);
}

const NOTHING = { text: "", source: "" };

export interface ComposePageProps {
  readonly appState: AppState;
  readonly contacts: readonly string[];
  /** The recipient from the page's URL. */
  readonly to: string;
  readonly unsent: UnsentNewMessage | null;
  readonly changeToken: string;
  readonly idempotencyKey: string;
}

/** Shows the form with which the user writes to a number or contact, or calls this number or contact. */
export function ComposePage(props: ComposePageProps) {
  const { appState, contacts, unsent, changeToken, idempotencyKey } = props;
  const texts = textsFor(appState.language);
  const { compose, channels, reply, back } = texts.conversations;
  const isWhatsApp = unsent?.isWhatsApp === true;
  return (
    <Page texts={texts} current="conversations" title={compose.title} appState={appState}>
      <p class="back">
        <a href="conversations">{back}</a>
      </p>
      <section class="card" aria-labelledby="compose">
        <h2 id="compose" class="unseen">
          {compose.title}
        </h2>
        <form class="fields" method="post" action="new" enctype="multipart/form-data">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="idempotency_key" value={idempotencyKey} />
          {unsent === null ? null : (
            <FaultNote text={faultText(unsent, texts.conversations)} reason={unsent.fault.reason} />
          )}
          <ContactField
            id="new-to"
            name="to"
            label={compose.to}
            hint={compose.toHint}
            value={unsent?.to ?? props.to}
            contacts={contacts}
          />
          <fieldset>
            <legend>{compose.by}</legend>
            <label>
              <input type="radio" name="by" value="sms" checked={!isWhatsApp} /> {channels.sms}
            </label>
            <label>
              <input type="radio" name="by" value="whatsapp" checked={isWhatsApp} /> {channels.whatsapp}
            </label>
          </fieldset>
          <MessageFields id="new-text" typed={unsent ?? NOTHING} isSms texts={texts} />
          <p class="buttons">
            <button name="do" value="send">
              {reply.send}
            </button>
            <button name="do" value="call" class="quiet">
              {compose.call}
            </button>
          </p>
        </form>
      </section>
    </Page>
  );
}

function faultText({ fault, ...typed }: UnsentNewMessage, words: ConversationsTexts): string {
  return fault.of === "recipient"
    ? words.compose[fault.kind]
    : messageFault({ ...typed, fault }, words.reply);
}
