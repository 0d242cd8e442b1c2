import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { AcceptNotifyCall } from "../notify/accept-notify-call.ts";
import type { HomeAssistantState, InboxRequest, PendingRequest, RequestJournal } from "../ports.ts";
import type { AcceptCommand } from "./accept-command.ts";
import type { AcceptRequestEvent } from "./accept-request-event.ts";

/** Turn a request into a command, or null if there is nothing to send. */
export interface RequestAcceptors {
  readonly notify: AcceptNotifyCall;
  readonly event: AcceptRequestEvent;
}

export interface RequestInboxOptions {
  readonly homeAssistant: Pick<HomeAssistantState, "running">;
  readonly journal: RequestJournal;
  readonly acceptors: RequestAcceptors;
  readonly acceptCommand: AcceptCommand;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RequestInbox {
  /** Resolves to true when the request is stored or its refusal has been reported; never rejects. */
  receive(request: InboxRequest): Promise<boolean>;
  /** Called when Home Assistant runs: accepts the pending requests before any new one. */
  resume(): void;
  /** Resolves when all received requests have been accepted. */
  settled(): Promise<void>;
}

/** Turns requests into commands in the order in which they were received. While Home Assistant starts, they are stored. */
export function createRequestInbox(options: RequestInboxOptions): RequestInbox {
  const { homeAssistant, journal, acceptors, logger } = options;
  let inOrder: Promise<void> = Promise.resolve();
  /**
   * Requests that the journal could not store. They are processed when Home Assistant runs, but lost if the app ends
   * before that.
   */
  let unsaved: Omit<PendingRequest, "seq">[] = [];
  const accepting = new Set<Promise<void>>();

  function next(work: () => Promise<void>): void {
    inOrder = inOrder.then(work).catch(logFailure);
  }

  function logFailure(error: unknown): void {
    logger.error(`A request of an automation could not be stored, so nothing was sent: ${String(error)}`);
  }

  /** `accepted` resolves to true when the command is stored or the refusal has been reported. */
  async function take(
    request: InboxRequest,
    receivedAt: number,
    seq: number | null,
  ): Promise<{ readonly accepted: Promise<boolean> }> {
    const command = await commandOf(request, receivedAt);
    if (command !== null) return { accepted: acceptInOrder(command, seq) };
    if (seq !== null) await journal.remove(seq);
    return { accepted: Promise.resolve(true) };
  }

  function commandOf(request: InboxRequest, receivedAt: number): Promise<AnyCommand | null> {
    switch (request.kind) {
      case "notify":
        return acceptors.notify(request.call, receivedAt);
      case "event":
        return acceptors.event(request.data, receivedAt);
    }
  }

  /** Does not wait for the commit: the journal writes in order anyway, and many requests share one commit. */
  function acceptInOrder(command: AnyCommand, seq: number | null): Promise<boolean> {
    const accepted = options.acceptCommand(command, seq).then(() => true, failedToSave);
    const isThrough = accepted.then(() => void accepting.delete(isThrough));
    accepting.add(isThrough);
    return accepted;
  }

  function failedToSave(error: unknown): false {
    logFailure(error);
    return false;
  }

  async function save(request: InboxRequest, receivedAt: number): Promise<boolean> {
    try {
      await journal.save(request, receivedAt);
      return true;
    } catch (error) {
      unsaved.push({ request, receivedAt });
      logger.error(
        `An automation's request could not be stored. The app keeps it in memory and handles it when Home Assistant runs: ${String(error)}`,
      );
      return false;
    }
  }

  async function takePending(): Promise<void> {
    const inMemory = unsaved;
    unsaved = [];
    for (const { request, receivedAt, seq } of journal.pending()) {
      await take(request, receivedAt, seq).catch(failedToSave);
    }
    for (const { request, receivedAt } of inMemory) await take(request, receivedAt, null).catch(failedToSave);
    // A pending request is removed only when its command is stored, so wait before the pending requests are read again.
    await Promise.all(accepting);
  }

  return {
    receive(request) {
      const receivedAt = options.clock.now();
      // Read at receipt: if Home Assistant starts before its turn, this request would overtake stored ones.
      const isRunning = homeAssistant.running;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      next(async () => {
        try {
          if (!isRunning) return resolve(await save(request, receivedAt));
          const { accepted } = await take(request, receivedAt, null);
          void accepted.then(resolve);
        } catch (error) {
          resolve(failedToSave(error));
        }
      });
      return promise;
    },
    resume: () => next(takePending),
    async settled() {
      await inOrder;
      await Promise.all(accepting);
    },
  };
}
