import type { HistoryThread } from "../../domain/events/activity-journal.ts";
import type { ConversationEntry } from "../../domain/events/conversation.ts";
import type { HistoryEntry } from "../../domain/events/history.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { callWords, isWorrying, statusLabel } from "../conversations/entry-words.ts";
import { personAt } from "../conversations/person.ts";
import type { AppState } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import { ShortTime, Time } from "../shell/time.tsx";
import { describeEvent } from "./describe-event.ts";

export interface ThreadItemProps {
  readonly thread: HistoryThread;
  readonly contactOf: (address: string) => string | null;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Shows one message or call in one line, which unfolds to its events and has a link to its conversation. */
export function ThreadItem({ thread, contactOf, appState, texts }: ThreadItemProps) {
  const { head, steps, entry, conversationKey } = thread;
  const { history } = texts.activity;
  const person = entry === null ? null : personAt(entry.address, contactOf, texts.conversations);
  const isFailed =
    (entry !== null && isWorrying(entry)) ||
    steps.some(
      (step) =>
        step.state === "refused" || describeEvent(step, history, contactOf, texts.errors).errors.length > 0,
    );
  // Because of these IDs, a refresh of the page keeps an unfolded line open and the focus where it is.
  const id = (part: string): string => `${part}-${head.seq}`;
  return (
    <li id={id("history")} class={isFailed ? "thread failed" : "thread"}>
      <details id={id("thread")}>
        <summary id={id("line")}>
          <span class="who">
            {person?.name ?? describeEvent(head, history, contactOf, texts.errors).sentence}
          </span>
          <span class="when">
            <ShortTime at={head.at} appState={appState} texts={texts} />
          </span>
          {entry === null ? null : <span class="what">{whatOf(entry, texts)}</span>}
        </summary>
        <ol id={id("steps")} class="steps">
          {steps.map((step) => (
            <Step event={step} />
          ))}
        </ol>
      </details>
      {person === null || conversationKey === null ? null : (
        <a
          id={id("to")}
          class="to"
          href={`${pageAddress("conversation", { with: conversationKey })}#newest`}
          aria-label={history.toConversation(person.name)}
        >
          ›
        </a>
      )}
    </li>
  );

  function Step({ event }: { readonly event: HistoryEntry }) {
    const { sentence, errors } = describeEvent(event, history, contactOf, texts.errors);
    return (
      <li>
        <p>{sentence}</p>
        {errors.map(({ text, isOriginal, moreInfo }) => (
          <p class="why">
            <span {...(isOriginal ? { lang: "en" } : {})}>{text}</span>
            {moreInfo === null ? null : (
              <>
                {" "}
                <SafeLink to={moreInfo}>{history.moreInfo}</SafeLink>
              </>
            )}
          </p>
        ))}
        <p class="note">
          <Time at={event.at} appState={appState} texts={texts} />
          {event.state === "delivered"
            ? null
            : ` · ${history.states[event.state === "kept" ? "storedOnly" : event.state]}`}
          {event.state === "refused" ? <span lang="en"> {event.reason ?? ""}</span> : null}
          {event.maybeDelivered && event.state !== "pending" ? ` · ${history.isRepeat}` : null}
          {" · "}
          <a href={`examples?event=${event.seq}`}>{history.toAutomation}</a>
        </p>
      </li>
    );
  }
}

/** Says what the entry is and how it went, such as *Message sent: delivered*. Contains no message text. */
function whatOf(entry: ConversationEntry, { activity, conversations }: PanelTexts): string {
  if (entry.kind === "call") return callWords(entry, conversations);
  if (!entry.isOutbound) return activity.history.messageFrom;
  const status = statusLabel(entry, conversations);
  return status === null ? activity.history.messageTo : `${activity.history.messageTo}: ${status}`;
}
