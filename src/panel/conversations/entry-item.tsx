import { splitChannel } from "../../domain/address/channel-address.ts";
import { webAddress } from "../../domain/address/web-address.ts";
import { entryKeyText } from "../../domain/events/conversation.ts";
import type { ConversationEntry, EntryFile } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import type { AppState } from "../shell/app-state.ts";
import { ErrorNote } from "../shell/error-note.tsx";
import { pageAddress } from "../shell/page-address.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import { ShortTime } from "../shell/time.tsx";
import { CallEntry } from "./call-entry.tsx";
import { canSendAgain } from "./can-send-again.ts";
import { channelLabel, fileName, isWorrying, statusLabel } from "./entry-words.ts";

export interface EntryItemProps {
  readonly entry: ConversationEntry;
  /** The name of the other party. */
  readonly name: string;
  /** The URL of the page that calls the person; null if the person cannot be called. */
  readonly callPage: string | null;
  readonly changeToken: string;
  readonly appState: AppState;
}

/** Shows one message or call in a conversation. */
export function EntryItem({ entry, name, callPage, changeToken, appState }: EntryItemProps) {
  const texts = textsFor(appState.language);
  const words = texts.conversations;
  const key = entryKeyText(entry.key);
  const isMessage = entry.kind === "message";
  const hasChannel = splitChannel(entry.address) !== null;
  const labels = [
    isMessage && hasChannel ? channelLabel(entry.address, words) : null,
    isMessage ? statusLabel(entry, words) : null,
  ].filter((label) => label !== null);
  const side = entry.isOutbound ? "out" : "in";
  return (
    <li id={`e-${key}`} class={`entry ${side}${isWorrying(entry) ? " failed" : ""}`}>
      <span class="unseen">{entry.isOutbound ? words.you : name}: </span>
      {isMessage ? null : <CallEntry entry={entry} callPage={callPage} words={words} />}
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
      {entry.error === null || !isMessage ? null : (
        <p class="why">
          <ErrorNote error={entry.error} texts={texts} />
        </p>
      )}
      {canSendAgain(entry) ? (
        <form method="post" action="resend">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          <input type="hidden" name="key" value={key} />
          <button class="quiet small">{words.sendAgain}</button>
        </form>
      ) : null}
      <p class="labels">
        <a href={pageAddress("entry", { key })}>
          <ShortTime at={entry.key.at} appState={appState} texts={texts} />
          {labels.map((label) => ` · ${label}`)}
          <span class="unseen"> {words.details}</span>
        </a>
      </p>
    </li>
  );
}

/** Shows a file of a message. The app fetches the file from Twilio when the browser loads it. */
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
