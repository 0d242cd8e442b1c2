import type { FoundConversation } from "../../domain/events/conversation-journal.ts";
import { entryKeyText } from "../../domain/events/conversation.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { unreadCount } from "../shell/page.tsx";
import { ShortTime } from "../shell/time.tsx";
import { entryPreview } from "./entry-words.ts";
import { canCall, personAt } from "./person.ts";

/** The SVG path of a telephone handset, on a 24 × 24 grid. */
const HANDSET =
  "M5 4h4l1.500 5-2.500 1.500c1 2.500 3 4.500 5.500 5.500l1.500-2.500 5 1.500v4c0 1-1 2-2 2C10 20.500 3.500 14 3 6c0-1 1-2 2-2z";

export interface ConversationsPageProps {
  readonly appState: AppState;
  readonly conversations: readonly FoundConversation[];
  /** The searched text; empty if the page shows all conversations. */
  readonly search: string;
  /** The value of `after=` for the next page; null on the last page. */
  readonly next: string | null;
  /** False if the search has stopped before the oldest entries, so that more matches may exist. */
  readonly isComplete: boolean;
  readonly contactOf: (address: string) => string | null;
}

/** Shows the list of conversations, sorted by their latest entry, newest first. */
export function ConversationsPage({
  appState,
  conversations,
  search,
  next,
  isComplete,
  contactOf,
}: ConversationsPageProps) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  return (
    <Page texts={texts} appState={appState} current="conversations" title={words.title}>
      <p class="write">
        <a class="button" href="new">
          {words.write}
        </a>
        <a href="contacts">{texts.contacts.title}</a>
      </p>
      <section class="card" aria-labelledby="conversations-title">
        <h2 id="conversations-title" class="unseen">
          {search === "" ? words.latest : words.foundFor(search)}
        </h2>
        <form class="search" action="conversations" role="search">
          <input
            type="search"
            name="search"
            value={search}
            aria-label={words.searchLabel}
            placeholder={words.searchLabel}
          />
          <button>{words.search}</button>
        </form>
        {search === "" ? null : (
          <p class="note">
            <a href="conversations">{words.showAll}</a>
          </p>
        )}
        <div id="conversations" {...(search === "" ? { "data-live": "" } : {})}>
          {conversations.length === 0 ? (
            <p id="no-conversations" class="note">
              {search === "" ? words.none : words.noneFound}
            </p>
          ) : (
            <ul id="conversation-list" class="conversations">
              {conversations.map((conversation) => (
                <ConversationRow {...{ conversation, appState, contactOf }} />
              ))}
            </ul>
          )}
        </div>
        {isComplete ? null : <p class="note">{words.searchEnds}</p>}
        {next === null ? null : (
          <p>
            <a href={pageAddress("conversations", { after: next })}>{words.older}</a>
          </p>
        )}
      </section>
    </Page>
  );
}

function ConversationRow({
  conversation: { key, address, last, unread, matchingEntry },
  appState,
  contactOf,
}: {
  readonly conversation: FoundConversation;
  readonly appState: AppState;
  readonly contactOf: (address: string) => string | null;
}) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const { name } = personAt(address, contactOf, words);
  // The link opens the conversation with the found entry as its last one.
  const until =
    matchingEntry === null
      ? {}
      : { before: entryKeyText({ ...matchingEntry, position: matchingEntry.position + 1 }) };
  return (
    <li id={`c-${key}`} class={unread > 0 ? "unread" : ""}>
      <a href={`${pageAddress("conversation", { with: key, ...until })}#newest`}>
        <span class="who">{name}</span>
        <span class="when">
          <ShortTime at={last.key.at} appState={appState} texts={texts} as="list" />
        </span>
        <span class={last.outcome === "missed" ? "last missed" : "last"}>
          {last.hasFailed && last.kind === "message" ? (
            <strong class="failed">{words.failedMark}: </strong>
          ) : null}
          {last.isOutbound && last.kind === "message" ? <span class="ours">{words.youSaid} </span> : null}
          {entryPreview(last, words)}
        </span>
        {unread === 0 ? null : (
          <span class="count">
            <span class="badge" aria-hidden="true">
              {unreadCount(unread)}
            </span>
            <span class="unseen">{words.unread(unread)}</span>
          </span>
        )}
      </a>
      {canCall(address) ? (
        <a class="dial" href={pageAddress("call", { with: key })} aria-label={words.call.title(name)}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={HANDSET} />
          </svg>
        </a>
      ) : null}
    </li>
  );
}
