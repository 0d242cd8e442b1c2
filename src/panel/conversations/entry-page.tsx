import type { Child } from "hono/jsx";

import { webAddress } from "../../domain/address/web-address.ts";
import { entryKeyText, personOf } from "../../domain/events/conversation.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { ErrorNote } from "../shell/error-note.tsx";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { SafeLink } from "../shell/safe-link.tsx";
import { Time } from "../shell/time.tsx";
import { callWords, statusLabel, turnWords } from "./entry-words.ts";
import { personAt } from "./person.ts";

export interface EntryPageProps {
  readonly appState: AppState;
  /** The message or call; null if no entry has the key in the page's URL. */
  readonly entry: ConversationEntry | null;
  /** Identifies the conversation in the panel's URLs; null if the conversation does not exist. */
  readonly conversationKey: string | null;
  readonly price: { readonly amount: number; readonly currency: string } | null;
  readonly contactOf: (address: string) => string | null;
  readonly changeToken: string;
  /** Whether the user has tried to delete the entry, but Home Assistant or Twilio has not received it yet. */
  readonly waits: boolean;
}

/** Shows the details of one message or call. */
export function EntryPage(props: EntryPageProps) {
  const { appState, entry, conversationKey, price, contactOf, changeToken, waits } = props;
  const texts = textsFor(appState.language);
  const words = texts.conversations.entry;
  return (
    <Page texts={texts} appState={appState} current="conversations" title={words.title}>
      <p class="back">
        {conversationKey === null ? (
          <a href="conversations">{texts.conversations.back}</a>
        ) : (
          <a href={`${pageAddress("conversation", { with: conversationKey })}#newest`}>{words.back}</a>
        )}
      </p>
      <section class="card" aria-labelledby="entry-title">
        <h2 id="entry-title" class="unseen">
          {words.known}
        </h2>
        {entry === null ? (
          <p class="note">{words.gone}</p>
        ) : (
          <Details {...{ appState, entry, price, contactOf }} />
        )}
        {waits ? (
          <p class="why" role="alert">
            {texts.conversations.deletion.waiting}
          </p>
        ) : null}
        {entry === null ? null : (
          <form method="post" action="delete">
            <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
            <input type="hidden" name="key" value={entryKeyText(entry.key)} />
            <p class="note">{texts.conversations.deletion.note}</p>
            <button class="danger">{texts.conversations.deletion.entry}</button>
          </form>
        )}
      </section>
    </Page>
  );
}

function Details({
  appState,
  entry,
  price,
  contactOf,
}: Pick<EntryPageProps, "appState" | "price" | "contactOf"> & { readonly entry: ConversationEntry }) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const { name, number } = personAt(personOf(entry.address), contactOf, words);
  const { error } = entry;
  const rows: readonly (readonly [string, Child])[] = [
    [words.entry.at, <Time at={entry.key.at} appState={appState} texts={texts} />],
    [words.entry.with, number === null ? name : `${name} (${entry.address})`],
    [words.entry.ours, entry.ours ?? words.entry.usual],
    [words.entry.status, entry.kind === "call" ? callWords(entry, words) : statusLabel(entry, words)],
    [words.entry.phone, entry.phone],
    [words.entry.explained, error === null ? null : <ErrorNote error={error} texts={texts} />],
    [
      words.entry.moreAtTwilio,
      webAddress(error?.more_info) === null ? null : <SafeLink to={error?.more_info}>{error?.code}</SafeLink>,
    ],
    [words.turns.title(entry.turns.length), entry.turns.map((turn) => turnWords(turn, words)).join("; ")],
    [words.entry.segments, entry.segments === null ? null : String(entry.segments)],
    [words.entry.price, entry.sid === null ? null : priceText(price, texts.language, words.entry.noPrice)],
    [words.entry.askedBy, entry.origin === null ? null : <code>{entry.origin}</code>],
    [words.entry.sid, entry.sid === null ? null : <code>{entry.sid}</code>],
  ];
  return (
    <dl class="entry-details">
      {rows.map(([label, value]) =>
        value === null || value === "" ? null : (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Writes a price. Prices of messages have up to five decimals. */
function priceText(price: EntryPageProps["price"], language: string, unknown: string): string {
  if (price === null) return unknown;
  const { amount, currency } = price;
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  return new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 5 }).format(
    amount,
  );
}
