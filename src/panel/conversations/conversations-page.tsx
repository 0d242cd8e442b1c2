import { entryKeyText } from "../../domain/events/conversation.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PanelFacts } from "../shell/facts.ts";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { Moment } from "../shell/time.tsx";
import { shortText } from "./entry-words.ts";
import { personAt } from "./person.ts";
import type { FoundConversation } from "./ports.ts";

export interface ConversationsPageProps {
  readonly facts: PanelFacts;
  readonly found: readonly FoundConversation[];
  /** What was searched for; empty for all. */
  readonly search: string;
  /** Where the next page goes on; null where this is the last one. */
  readonly next: string | null;
  /** False where there may be more than was found. */
  readonly isWhole: boolean;
  readonly contactOf: (address: string) => string | null;
}

/** Who was talked with, the latest first. */
export function ConversationsPage({
  facts,
  found,
  search,
  next,
  isWhole,
  contactOf,
}: ConversationsPageProps) {
  const texts = textsFor(facts.homeAssistant.language);
  const words = texts.conversations;
  return (
    <Page texts={texts} current="conversations" title={words.title} appVersion={facts.appVersion}>
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
        <div id="conversations" {...(search === "" ? { "data-renew": true } : {})}>
          {found.length === 0 ? (
            <p id="no-conversations" class="note">
              {search === "" ? words.none : words.noneFound}
            </p>
          ) : (
            <ul id="conversation-list" class="conversations">
              {found.map((conversation) => (
                <ConversationRow {...{ conversation, facts, contactOf }} />
              ))}
            </ul>
          )}
        </div>
        {isWhole ? null : <p class="note">{words.searchEnds}</p>}
        {next === null ? null : (
          <p>
            <a href={pageAddress("conversations", { after: next })}>{words.older}</a>
          </p>
        )}
      </section>
      {search === "" ? <script src="live.js" defer></script> : null}
    </Page>
  );
}

function ConversationRow({
  conversation: { key, address, last, hit },
  facts,
  contactOf,
}: {
  readonly conversation: FoundConversation;
  readonly facts: PanelFacts;
  readonly contactOf: (address: string) => string | null;
}) {
  const texts = textsFor(facts.homeAssistant.language);
  const words = texts.conversations;
  const { name } = personAt(address, contactOf, words);
  // So that the one that was found is the last on the page.
  const until = hit === null ? {} : { before: entryKeyText({ ...hit, position: hit.position + 1 }) };
  return (
    <li id={`c-${key}`}>
      <a href={`${pageAddress("conversation", { with: key, ...until })}#newest`}>
        <span class="who">{name}</span>
        <span class="when">
          <Moment at={last.key.at} facts={facts} texts={texts} />
        </span>
        <span class="last">
          {last.hasFailed ? <strong class="failed">{words.failedMark}: </strong> : null}
          {last.isOutbound ? <span class="ours">{words.youSaid} </span> : null}
          {shortText(last, words)}
        </span>
      </a>
    </li>
  );
}
