import type { AlarmChange } from "../alarms/changes/change.ts";
import type { AppEvent, PublishEvent } from "../domain/events/app-event.ts";
import type { OutgoingEvent } from "../domain/events/outgoing-event.ts";
import type { AnyCommand } from "../outbound/delivery/command.ts";
import type { Journal } from "./journal.ts";

/**
 * Wraps a function that writes to the journal. After the write has been committed, `publish` receives the events that
 * describe it.
 */
type After = <Args extends readonly unknown[], Result>(
  write: (...args: Args) => Promise<Result>,
  eventsOf: (result: Result, ...args: Args) => readonly AppEvent[],
) => (...args: Args) => Promise<Result>;

/**
 * Returns the journal with functions that publish an `AppEvent` after a committed write. A failed write publishes
 * nothing. Some writes have no such event, for example those of settings and polling.
 *
 * @param publish receives the events; they contain no texts and no phone numbers
 */
export function publishWrites(journal: Journal, publish: PublishEvent): Journal {
  const after: After =
    (write, eventsOf) =>
    async (...args) => {
      const result = await write(...args);
      for (const event of eventsOf(result, ...args)) publish(event);
      return result;
    };
  const { alarms, eventLog, sidAges, deliveryEvidence: evidence, statuses, pendingRequests } = journal;
  const { conversationEdits: edits } = journal;
  return {
    ...journal,
    eventLog: {
      ...eventLog,
      saveWebhook: after(eventLog.saveWebhook, (novelty, { events, status }) =>
        novelty === "repeated"
          ? []
          : [...events.map(stored), ...(status === null ? [] : [reported(status.sid)])],
      ),
      report: after(eventLog.report, (_done, event) => [stored(event)]),
      markDelivered: after(eventLog.markDelivered, (_done, seqs, missed) => [
        { kind: "events_delivered", seqs, missed: missed?.size ?? 0 },
      ]),
      requeue: after(eventLog.requeue, (_done, seq) => [{ kind: "event_requeued", seq }]),
      reject: after(eventLog.reject, (_done, seq) => [{ kind: "event_rejected", seq }]),
    },
    sidAges:
      sidAges === null
        ? null
        : {
            ...sidAges,
            saveAges: after(sidAges.saveAges, (_young, ages) => [
              { kind: "ages_verified", sids: ages.length },
            ]),
          },
    alarms: {
      ...alarms,
      change: after(alarms.change, (change, id) => (change === null ? [] : alarmChanged(id, change))),
      request: after(alarms.request, (outcome) =>
        outcome.kind === "done" && outcome.change !== null
          ? alarmChanged(outcome.change.alarm.id, outcome.change)
          : [],
      ),
    },
    commands: publishCommands(journal.commands, after),
    callSteps: publishCallSteps(journal.callSteps, after),
    deliveryEvidence: {
      ...evidence,
      saveSid: after(evidence.saveSid, (_done, reference, sid) => [{ kind: "sid_learned", reference, sid }]),
    },
    statuses: { ...statuses, save: after(statuses.save, (_done, sid) => [reported(sid)]) },
    pendingRequests: {
      ...pendingRequests,
      save: after(pendingRequests.save, () => [{ kind: "request_pending" }]),
      remove: after(pendingRequests.remove, (_done, seq) => [{ kind: "request_processed", seq }]),
    },
    conversationEdits: {
      markRead: after(edits.markRead, (count) => (count === 0 ? [] : [{ kind: "conversation_read", count }])),
      deleteEntry: after(edits.deleteEntry, (deletion) => contentDeleted(deletion === "deleted")),
      deleteConversation: after(edits.deleteConversation, ({ deleted }) => contentDeleted(deleted > 0)),
    },
    indexConversations: after(journal.indexConversations, () => [{ kind: "conversations_indexed" }]),
    convertRows: after(journal.convertRows, () => [{ kind: "rows_converted" }]),
  };
}

function publishCommands(commands: Journal["commands"], after: After): Journal["commands"] {
  return {
    ...commands,
    add: after(commands.add, added),
    markPosting: after(commands.markPosting, (isMarked, requestId, { position }) =>
      isMarked ? [{ kind: "delivery_changed", requestId, position, state: "posting" }] : [],
    ),
    markWaiting: after(commands.markWaiting, (_done, requestId, position) => [
      { kind: "delivery_changed", requestId, position, state: "waiting" },
    ]),
    markAccepted: after(commands.markAccepted, (_done, requestId, position) => [
      { kind: "delivery_changed", requestId, position, state: "accepted" },
    ]),
    markDone: after(commands.markDone, (_done, requestId, position) => [
      { kind: "delivery_changed", requestId, position, state: "done" },
    ]),
    finish: after(commands.finish, (isReported, requestId, outcome) => [
      { kind: "command_finished", requestId },
      ...(isReported ? [stored(outcome)] : []),
    ]),
  };
}

function publishCallSteps(callSteps: Journal["callSteps"], after: After): Journal["callSteps"] {
  return {
    ...callSteps,
    add: after(callSteps.add, added),
    markSentToTwilio: after(callSteps.markSentToTwilio, (_done, step) => [{ kind: "step_given", step }]),
    markFirstStepSent: after(callSteps.markFirstStepSent, (_done, step) => [{ kind: "step_given", step }]),
    saveGatheredInput: after(callSteps.saveGatheredInput, (_done, reference) => [
      { kind: "input_gathered", reference },
    ]),
    saveEndedBy: after(callSteps.saveEndedBy, (_done, callSid, endedBy) => [
      { kind: "call_session_ended", callSid, endedBy },
    ]),
  };
}

function alarmChanged(id: string, { events, commands }: AlarmChange): AppEvent[] {
  return [
    { kind: "alarm_changed", id },
    ...commands.map(({ requestId, command }) => ({ kind: "command_accepted", requestId, command }) as const),
    ...events.map(stored),
  ];
}

function stored({ type, kind }: OutgoingEvent): AppEvent {
  return { kind: "event_stored", type, webhook: kind };
}

function contentDeleted(isDeleted: boolean): AppEvent[] {
  return isDeleted ? [{ kind: "content_deleted" }] : [];
}

function reported(sid: string): AppEvent {
  return { kind: "status_reported", sid };
}

/**
 * Lists the `AppEvent`s about a new command (an accepted request). `inboxSeq` is the number of the waiting request that
 * became the command, and that the same transaction removed from the inbox.
 */
function added(
  { kind }: { readonly kind: string },
  { requestId, command }: Pick<AnyCommand, "requestId" | "command">,
  inboxSeq: number | null,
): AppEvent[] {
  return [
    ...(kind === "added" ? [{ kind: "command_accepted", requestId, command } as const] : []),
    ...(inboxSeq === null ? [] : [{ kind: "request_processed", seq: inboxSeq } as const]),
  ];
}
