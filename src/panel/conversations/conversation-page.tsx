import { entryKeyText } from "../../domain/conversation-entry.ts";
import type { ConversationEntry } from "../../domain/conversation-entry.ts";
import { Page } from "../page.tsx";
import type { PanelFacts } from "../panel-facts.ts";
import { textsFor } from "../texts/texts-for.ts";
import { EntryItem } from "./entry-item.tsx";
import { pageAddress } from "./entry-words.ts";
import { personAt } from "./person.ts";
import { ReplyCard } from "./reply-card.tsx";

export interface ConversationPageProps {
  readonly facts: PanelFacts;
  /** The person's, without a channel. */
  readonly address: string;
  /** The oldest first. */
  readonly entries: readonly ConversationEntry[];
  readonly hasOlder: boolean;
  /** It does not end with the newest. */
  readonly isEarlier: boolean;
  readonly contactOf: (address: string) => string | null;
  readonly changeToken: string;
  /** Of this form alone. */
  readonly once: string;
  /** What was to be sent and could not; null where nothing was. */
  readonly faultyText: string | null;
}

/** All that was written and called with one person, the newest last. */
export function ConversationPage(props: ConversationPageProps) {
  const { facts, address, entries, hasOlder, isEarlier, contactOf } = props;
  const texts = textsFor(facts.homeAssistant.language);
  const words = texts.conversations;
  const { name, number } = personAt(address, contactOf, words);
  const [oldest] = entries;
  return (
    <Page texts={texts} current="conversations" appVersion={facts.appVersion}>
      <p class="back">
        <a href="conversations">{words.back}</a>
      </p>
      <section class="card" aria-labelledby="person">
        <h2 id="person">{name}</h2>
        {number === null ? null : <p class="note">{number}</p>}
        <div id="talk" role="log" aria-label={words.messages(name)} data-renew data-newest-last>
          {hasOlder && oldest !== undefined ? (
            <p id="older">
              <a href={pageAddress("conversation", { with: address, before: entryKeyText(oldest.key) })}>
                {words.older}
              </a>
            </p>
          ) : null}
          {entries.length === 0 ? (
            <p id="nothing" class="note">
              {words.nothingHere}
            </p>
          ) : (
            <ul id="entries" class="entries">
              {entries.map((entry) => (
                <EntryItem entry={entry} name={name} facts={facts} />
              ))}
            </ul>
          )}
        </div>
        {isEarlier ? (
          <p>
            <a href={`${pageAddress("conversation", { with: address })}#newest`}>{words.newest}</a>
          </p>
        ) : null}
      </section>
      <ReplyCard {...props} texts={texts} />
      <script src="live.js" defer></script>
    </Page>
  );
}
