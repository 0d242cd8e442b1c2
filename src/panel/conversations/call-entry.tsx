import { entryKeyText } from "../../domain/events/conversation.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { ConversationsTexts } from "../../texts/en/conversations.ts";
import { pageAddress } from "../shell/page-address.ts";
import { callWords, formatMinutes, turnWords } from "./entry-words.ts";

/** If a call has more than this number of sentences, inputs and other events, their list is folded. */
const MOST_SHOWN_TURNS = 4;

export interface CallEntryProps {
  readonly entry: ConversationEntry;
  /** The URL of the page that calls the person; null if the person cannot be called. */
  readonly callPage: string | null;
  readonly words: ConversationsTexts;
}

/** Shows how a call went, what was said and entered, its recordings, and a link to call back. */
export function CallEntry({ entry, callPage, words }: CallEntryProps) {
  const { turns, recordings, isOutbound } = entry;
  const lines = (
    <ul class="turns">
      {turns.map((turn) => (
        <li>{turnWords(turn, words)}</li>
      ))}
    </ul>
  );
  return (
    <>
      <p class="text call">{callWords(entry, words)}</p>
      {turns.length > MOST_SHOWN_TURNS ? (
        <details id={`turns-${entryKeyText(entry.key)}`}>
          <summary>{words.turns.title(turns.length)}</summary>
          {lines}
        </details>
      ) : turns.length > 0 ? (
        lines
      ) : null}
      {recordings.map(({ event, duration, id }) => (
        <figure>
          <figcaption>
            {words.recording}
            {duration === null ? null : ` (${formatMinutes(duration)})`}
          </figcaption>
          <audio
            controls
            preload="none"
            src={pageAddress("recording", { event, id })}
            aria-label={words.recording}
          ></audio>
        </figure>
      ))}
      {callPage === null ? null : (
        <p class="again">
          <a href={callPage}>{isOutbound ? words.call.again : words.call.back}</a>
        </p>
      )}
    </>
  );
}
