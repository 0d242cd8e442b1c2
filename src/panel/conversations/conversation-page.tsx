import { entryKeyText } from "../../domain/events/conversation.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { SaveContactLink } from "../contacts/save-contact-link.tsx";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { DayList } from "./day-list.tsx";
import { EntryItem } from "./entry-item.tsx";
import { canCall, personAt } from "./person.ts";
import { ReplyCard } from "./reply-card.tsx";
import type { UnsentMessage } from "./unsent-message.ts";

export interface ConversationPageProps {
  readonly appState: AppState;
  /** Identifies the person in the panel's URLs, which must not contain the number. */
  readonly conversationKey: string;
  /** The person's number, or the address in a channel without numbers. Null if no conversation has this key. */
  readonly address: string | null;
  /** The messages and calls, oldest first. */
  readonly entries: readonly ConversationEntry[];
  readonly hasOlder: boolean;
  /** Whether the page shows only the entries before a given one, so that newer entries may exist. */
  readonly isEarlier: boolean;
  /** How many messages to the person wait until Home Assistant runs. */
  readonly pendingReplies: number;
  /** The number or channel address to which a reply goes. */
  readonly replyTo: string;
  readonly contactOf: (address: string) => string | null;
  readonly changeToken: string;
  /** Identifies this form, so that submitting it twice sends one message. */
  readonly idempotencyKey: string;
  /** A reply that could not be sent, with the values that the user typed; otherwise null. */
  readonly unsentReply: UnsentMessage | null;
  /** How many entries the app did not delete, because Home Assistant or Twilio has not received them yet. */
  readonly undeleted: number;
}

/** Shows the messages and calls with one person, the newest last. */
export function ConversationPage(props: ConversationPageProps) {
  const {
    appState,
    conversationKey,
    address,
    entries,
    hasOlder,
    isEarlier,
    pendingReplies,
    unsentReply,
    undeleted,
    contactOf,
    changeToken,
  } = props;
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const { name, number } =
    address === null ? { name: words.unknown, number: null } : personAt(address, contactOf, words);
  const [oldest] = entries;
  const here = (query: Readonly<Record<string, string>> = {}): string =>
    pageAddress("conversation", { with: conversationKey, ...query });
  const callPage =
    address !== null && canCall(address) ? pageAddress("call", { with: conversationKey }) : null;
  return (
    <Page texts={texts} appState={appState} current="conversations" title={name}>
      <p class="back">
        <a href="conversations">{words.back}</a>
      </p>
      <section class="card" aria-labelledby="person">
        <h2 id="person" class="unseen">
          {words.talk}
        </h2>
        {number === null ? null : <p class="note">{number}</p>}
        {address === null ? null : (
          <p class="acts">
            {callPage === null ? null : <a href={callPage}>{words.call.link}</a>}
            {number === null && name === address ? (
              <SaveContactLink address={address} texts={texts.contacts} />
            ) : null}
            <a href={pageAddress("delete", { with: conversationKey })}>{words.deletion.link}</a>
          </p>
        )}
        {undeleted === 0 ? null : (
          <p class="why" role="alert">
            {words.deletion.someWait(undeleted)}
          </p>
        )}
        <div
          id="talk"
          role="log"
          aria-label={words.messages(name)}
          {...(unsentReply === null && address !== null ? { "data-live": "" } : {})}
          data-newest-last
        >
          {hasOlder && oldest !== undefined ? (
            <p id="older">
              <a href={here({ before: entryKeyText(oldest.key) })}>{words.older}</a>
            </p>
          ) : null}
          {entries.length === 0 ? (
            <p id="nothing" class="note">
              {words.nothingHere}
            </p>
          ) : (
            <DayList
              id="entries"
              class="entries"
              items={entries}
              timeOf={({ key }) => key.at}
              appState={appState}
            >
              {(entry) => <EntryItem {...{ entry, name, callPage, changeToken, appState }} />}
            </DayList>
          )}
          {pendingReplies === 0 ? null : (
            <p id="pending-replies" class="note">
              {words.reply.pending(pendingReplies)}
            </p>
          )}
        </div>
        {isEarlier ? (
          <p>
            <a href={`${here()}#newest`}>{words.newest}</a>
          </p>
        ) : null}
      </section>
      {address === null ? null : <ReplyCard {...props} texts={texts} />}
      {address === null ? null : (
        <p class="as-of">
          <a href={pageAddress("conversation.txt", { with: conversationKey })}>{texts.export.conversation}</a>
        </p>
      )}
    </Page>
  );
}
