import { webAddress } from "../../domain/address/web-address.ts";
import { entryKeyText } from "../../domain/events/conversation.ts";
import type { ConversationEntry, EntryFile } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { AppState } from "../shell/app-state.ts";
import { ErrorNote } from "../shell/error-note.tsx";
import { pageAddress } from "../shell/page-address.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import { Time } from "../shell/time.tsx";
import { channelLabel, fileName, formatMinutes, statusLabel } from "./entry-words.ts";

export interface EntryItemProps {
  readonly entry: ConversationEntry;
  /** The person's name. */
  readonly name: string;
  readonly appState: AppState;
}

/** A message or call in a conversation. */
export function EntryItem({ entry, name, appState }: EntryItemProps) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const key = entryKeyText(entry.key);
  const labels = [
    ...(entry.kind === "message" ? [channelLabel(entry.address, words)] : []),
    statusLabel(entry, words),
  ].filter((label) => label !== null);
  const side = entry.isOutbound ? "out" : "in";
  return (
    <li id={`e-${key}`} class={`entry ${side}${entry.hasFailed ? " failed" : ""}`}>
      <span class="unseen">{entry.isOutbound ? words.you : name}: </span>
      {entry.kind === "call" ? <Call entry={entry} words={words} /> : null}
      {entry.text === "" ? null : <p class="text">{entry.text}</p>}
      {entry.template === null ? null : <p class="text">{words.template(entry.template)}</p>}
      {entry.files.map((file) => (
        <File file={file} event={entry.key.ref} words={words} />
      ))}
      {entry.sources.map((source) => (
        <p class="note">
          {words.attached}{" "}
          <SafeLink to={webAddress(source)} fallback={<code>{source}</code>}>
            {source}
          </SafeLink>
        </p>
      ))}
      {entry.error === null ? null : (
        <p class="why">
          <ErrorNote error={entry.error} texts={texts} />
        </p>
      )}
      <p class="labels">
        <Time at={entry.key.at} appState={appState} texts={texts} />
        {labels.map((label) => ` · ${label}`)} · <a href={pageAddress("entry", { key })}>{words.details}</a>
      </p>
    </li>
  );
}

function Call({ entry, words }: { readonly entry: ConversationEntry; readonly words: ConversationsTexts }) {
  const { duration, entered, recordings } = entry;
  const parts = [
    entry.isOutbound ? words.outgoingCall : words.incomingCall,
    ...(duration === null ? [] : [words.lasted(formatMinutes(duration))]),
    ...entered.map((characters) => words.entered(characters)),
  ];
  return (
    <>
      <p class="text call">{parts.join(", ")}</p>
      {recordings.map(({ event, duration: seconds, id }) => (
        <figure>
          <figcaption>
            {words.recording}
            {seconds === null ? null : ` (${formatMinutes(seconds)})`}
          </figcaption>
          <audio
            controls
            preload="none"
            src={pageAddress("recording", { event, id })}
            aria-label={words.recording}
          ></audio>
        </figure>
      ))}
    </>
  );
}

/** A file of a message. The app fetches it from Twilio when the browser shows it. */
function File({
  file: { number, type, id },
  event,
  words,
}: {
  readonly file: EntryFile;
  readonly event: number;
  readonly words: ConversationsTexts;
}) {
  const address = pageAddress("media", { event, number, id });
  const label = fileName(type, number, words);
  if (type.startsWith("image/"))
    return (
      <SafeLink class="picture" to={address}>
        <img src={address} alt={label} loading="lazy" />
      </SafeLink>
    );
  if (type.startsWith("audio/"))
    return <audio controls preload="none" src={address} aria-label={label}></audio>;
  if (type.startsWith("video/"))
    return <video controls preload="none" src={address} aria-label={label}></video>;
  return (
    <p>
      <a href={pageAddress("media", { event, number, id })}>{label}</a>
    </p>
  );
}
