import type { Child } from "hono/jsx";

import { webAddress } from "../../domain/address/web-address.ts";
import { personOf } from "../../domain/events/conversation.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { ErrorNote } from "../shell/error-note.tsx";
import { pageAddress } from "../shell/page-address.ts";
import { Page } from "../shell/page.tsx";
import { SafeLink } from "../shell/safe-link.tsx";
import { Time } from "../shell/time.tsx";
import { statusLabel } from "./entry-words.ts";
import { personAt } from "./person.ts";

export interface EntryPageProps {
  readonly appState: AppState;
  /** Null if it does not exist. */
  readonly entry: ConversationEntry | null;
  /** Identifies its conversation; null if that does not exist. */
  readonly conversationKey: string | null;
  readonly price: { readonly amount: number; readonly currency: string } | null;
  readonly contactOf: (address: string) => string | null;
}

/** The details of one message or call. */
export function EntryPage({ appState, entry, conversationKey, price, contactOf }: EntryPageProps) {
  const texts = textsFor(appState.language);
  const words = texts.conversations.entry;
  return (
    <Page texts={texts} current="conversations" title={words.title} appVersion={appState.appVersion}>
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
      </section>
    </Page>
  );
}

function Details({
  appState,
  entry,
  price,
  contactOf,
}: Omit<EntryPageProps, "conversationKey"> & { readonly entry: ConversationEntry }) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const { name, number } = personAt(personOf(entry.address), contactOf, words);
  const { error } = entry;
  const rows: readonly (readonly [string, Child])[] = [
    [words.entry.at, <Time at={entry.key.at} appState={appState} texts={texts} />],
    [words.entry.with, number === null ? name : `${name} (${entry.address})`],
    [words.entry.ours, entry.ours ?? words.entry.usual],
    [words.entry.status, statusLabel(entry, words)],
    [words.entry.explained, error === null ? null : <ErrorNote error={error} texts={texts} />],
    [
      words.entry.moreAtTwilio,
      webAddress(error?.more_info) === null ? null : <SafeLink to={error?.more_info}>{error?.code}</SafeLink>,
    ],
    [words.entry.entered, entry.entered.map((characters) => words.entered(characters)).join("; ")],
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

/** Prices of messages have up to five decimals. */
function priceText(price: EntryPageProps["price"], language: string, unknown: string): string {
  if (price === null) return unknown;
  const { amount, currency } = price;
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  return new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 5 }).format(
    amount,
  );
}
