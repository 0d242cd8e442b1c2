import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { ContactField } from "./contact-field.tsx";
import { FaultNote } from "./fault-note.tsx";

/** A call that the app did not accept, with the values that the user typed. The form still contains them. */
export interface UnmadeCall {
  readonly phone: string;
  readonly say: string;
  readonly fault: "phoneUnknown" | "samePhone" | "empty" | "notStored" | "impossible";
  /** More details about the fault, in English; null if the app has none. */
  readonly reason: string | null;
}

export interface CallPageProps {
  readonly appState: AppState;
  readonly name: string;
  /** The number to call. It is in the form and never in the page's URL, which a proxy may log. */
  readonly address: string;
  /** Identifies the conversation in the panel's URLs; null if no conversation exists yet. */
  readonly conversationKey: string | null;
  readonly canCall: boolean;
  readonly contacts: readonly string[];
  /** The user's own phone, as entered for the last call: a number or a contact's name. Empty if it is unknown. */
  readonly phone: string;
  readonly unmade: UnmadeCall | null;
  readonly changeToken: string;
  readonly idempotencyKey: string;
}

/** Shows two ways to call a person: from the user's own phone, or with a text that the app says. */
export function CallPage(props: CallPageProps) {
  const { appState, name, address, conversationKey, canCall, contacts, phone, unmade } = props;
  const texts = textsFor(appState.language);
  const { call, back, entry } = texts.conversations;
  const hidden = (
    <>
      <input type="hidden" name={CHANGE_TOKEN_FIELD} value={props.changeToken} />
      <input type="hidden" name="idempotency_key" value={props.idempotencyKey} />
      <input type="hidden" name="to" value={address} />
    </>
  );
  return (
    <Page texts={texts} appState={appState} current="conversations" title={call.title(name)}>
      <p class="back">
        {conversationKey === null ? (
          <a href="conversations">{back}</a>
        ) : (
          <a href={`${pageAddress("conversation", { with: conversationKey })}#newest`}>{entry.back}</a>
        )}
      </p>
      {unmade === null ? null : <FaultNote text={call[unmade.fault]} reason={unmade.reason} />}
      {canCall ? (
        <>
          <section class="card" aria-labelledby="talk-title">
            <h2 id="talk-title">{call.talkTitle}</h2>
            <form class="fields" method="post" action="call">
              {hidden}
              <ContactField
                id="call-phone"
                name="phone"
                label={call.phone}
                hint={call.talkHow(name)}
                value={unmade?.phone || phone}
                contacts={contacts}
              />
              <button name="do" value="connect">
                {call.connect}
              </button>
            </form>
          </section>
          <section class="card" aria-labelledby="say-title">
            <h2 id="say-title">{call.sayTitle}</h2>
            <form class="fields" method="post" action="call">
              {hidden}
              <label for="call-say">{call.text}</label>
              <textarea id="call-say" name="say" rows={2} required aria-describedby="call-say-hint">
                {unmade?.say ?? ""}
              </textarea>
              <p class="note" id="call-say-hint">
                {call.sayHow(name)}
              </p>
              <button name="do" value="say">
                {call.say}
              </button>
            </form>
          </section>
        </>
      ) : (
        <p class="note">{call.impossible}</p>
      )}
    </Page>
  );
}
