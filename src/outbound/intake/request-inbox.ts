import type { Clock } from "../../domain/clock.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { AcceptNotifyCall } from "../notify/accept-notify-call.ts";
import type { HomeAssistantState, InboxRequest, PendingRequest, RequestJournal } from "../ports.ts";
import type { AcceptCommand } from "./accept-command.ts";
import type { AcceptRequestEvent } from "./accept-request-event.ts";

/** Each makes a command of what was heard, or null where there is nothing to send. */
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
  /** Resolves to whether it is on disk, as a command or as it was heard, or told why it is none; never rejects. */
  receive(request: InboxRequest): Promise<boolean>;
  /** Home Assistant runs: what was heard before is taken first. */
  resume(): void;
  /** Resolves when all that was heard is taken. */
  settled(): Promise<void>;
}

/** First half of the outbound story: requests become commands in the order in which they were heard. */
export function createRequestInbox(options: RequestInboxOptions): RequestInbox {
  const { homeAssistant, journal, acceptors, logger } = options;
  let inOrder: Promise<void> = Promise.resolve();
  /**
   * Requests that the journal could not store. They are processed when Home Assistant runs, but lost if the app ends
   * before that.
   */
  let unkept: Omit<PendingRequest, "seq">[] = [];
  const accepting = new Set<Promise<void>>();

  function next(work: () => Promise<void>): void {
    inOrder = inOrder.then(work).catch(tell);
  }

  function tell(error: unknown): void {
    logger.error(`A request of an automation could not be kept, so nothing was sent: ${String(error)}`);
  }

  /** `accepted` resolves to whether it is on disk, or told why not. */
  async function take(
    request: InboxRequest,
    heardAt: number,
    seq: number | null,
  ): Promise<{ readonly accepted: Promise<boolean> }> {
    const command = await commandOf(request, heardAt);
    if (command !== null) return { accepted: acceptInOrder(command, seq) };
    if (seq !== null) await journal.remove(seq);
    return { accepted: Promise.resolve(true) };
  }

  function commandOf(request: InboxRequest, heardAt: number): Promise<AnyCommand | null> {
    switch (request.kind) {
      case "notify":
        return acceptors.notify(request.call, heardAt);
      case "event":
        return acceptors.event(request.data, heardAt);
    }
  }

  /** The journal keeps the order; waiting for each would make a thousand wait for a thousand commits. */
  function acceptInOrder(command: AnyCommand, seq: number | null): Promise<boolean> {
    const accepted = options.acceptCommand(command, seq).then(() => true, isNotKept);
    const isThrough = accepted.then(() => void accepting.delete(isThrough));
    accepting.add(isThrough);
    return accepted;
  }

  function isNotKept(error: unknown): false {
    tell(error);
    return false;
  }

  async function keep(request: InboxRequest, heardAt: number): Promise<boolean> {
    try {
      await journal.save(request, heardAt);
      return true;
    } catch (error) {
      unkept.push({ request, heardAt });
      logger.error(
        `A request of an automation could not be kept, so the app holds it in memory until Home Assistant runs: ${String(error)}`,
      );
      return false;
    }
  }

  async function takeKept(): Promise<void> {
    const remembered = unkept;
    unkept = [];
    for (const { request, heardAt, seq } of journal.pending()) {
      await take(request, heardAt, seq).catch(isNotKept);
    }
    for (const { request, heardAt } of remembered) await take(request, heardAt, null).catch(isNotKept);
    // What is not on disk as a command yet still stands among the kept ones: nobody may read those again before.
    await Promise.all(accepting);
  }

  return {
    receive(request) {
      const heardAt = options.clock.now();
      // As it was then: what is heard later must not overtake what is being kept.
      const isRunning = homeAssistant.running;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      next(async () => {
        try {
          if (!isRunning) return resolve(await keep(request, heardAt));
          const { accepted } = await take(request, heardAt, null);
          void accepted.then(resolve);
        } catch (error) {
          resolve(isNotKept(error));
        }
      });
      return promise;
    },
    resume: () => next(takeKept),
    async settled() {
      await inOrder;
      await Promise.all(accepting);
    },
  };
}
