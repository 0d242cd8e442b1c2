import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { AcceptNotifyCall } from "../notify/accept-notify-call.ts";
import type { HomeAssistantState, InboxRequest, PendingRequest, RequestJournal } from "../ports.ts";
import type { AcceptCommand } from "./accept-command.ts";
import type { AcceptRequestEvent } from "./accept-request-event.ts";

/** Functions that turn an automation's request into a command for sending, or into null if nothing can be sent. */
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

export type RequestSender = "home_assistant" | "page";

export interface RequestInbox {
  /**
   * Receives a request. Resolves with true when the request is stored or its refusal has been reported. Never rejects.
   *
   * @param sender who gave the request. The app's page tells its user at once that nothing was sent if the promise
   * resolves with false. So a request of the page that could not be stored is never sent later. A request of Home
   * Assistant is then kept in memory, because its automation learns nothing before the result.
   */
  receive(request: InboxRequest, sender: RequestSender): Promise<boolean>;
  /** Called when Home Assistant runs. Accepts the pending (stored) requests before any new one. */
  resume(): void;
  /** Resolves when all received requests have been accepted. */
  settled(): Promise<void>;
}

/**
 * Turns requests of automations into commands, in the order in which they were received. Until Home Assistant runs, it
 * only stores the requests.
 */
export function createRequestInbox(options: RequestInboxOptions): RequestInbox {
  const { homeAssistant, journal, acceptors, logger } = options;
  let inOrder: Promise<void> = Promise.resolve();
  /**
   * Requests of Home Assistant that the journal (the app's database) could not store. The app accepts them when Home
   * Assistant runs. If the app ends before that, they are lost.
   */
  let unsaved: Omit<PendingRequest, "seq">[] = [];
  const accepting = new Set<Promise<void>>();

  function next(work: () => Promise<void>): void {
    inOrder = inOrder.then(work).catch(logFailure);
  }

  function logFailure(error: unknown): void {
    logger.error(
      `The app could not store a request, so nothing was sent. Make sure that the disk is not full. The error was: ${String(error)}`,
    );
  }

  /**
   * Makes the command of a request. `accepted` resolves with true when the command is stored, or the refusal reported.
   */
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

  /**
   * Stores and starts a command. The inbox does not wait for the commit, so that many commands share one commit. The
   * journal stores commands in order anyway.
   */
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

  async function save(request: InboxRequest, receivedAt: number, sender: RequestSender): Promise<boolean> {
    try {
      await journal.save(request, receivedAt);
      return true;
    } catch (error) {
      if (sender === "page") return failedToSave(error);
      unsaved.push({ request, receivedAt });
      logger.error(
        `The app could not store the request of an automation, and has it only in memory. It handles the request when Home Assistant has started. If the app stops before that, the request is lost. The error was: ${String(error)}`,
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
    // Wait until the journal has stored the commands. It removes their pending requests at the same time, so that no
    // request is read twice.
    await Promise.all(accepting);
  }

  return {
    receive(request, sender) {
      const receivedAt = options.clock.now();
      // Read the state of Home Assistant now, and not when it is the request's turn. A request from before the start of
      // Home Assistant is then stored, and accepted after all requests that came earlier.
      const isRunning = homeAssistant.running;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      next(async () => {
        try {
          if (!isRunning) return resolve(await save(request, receivedAt, sender));
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
