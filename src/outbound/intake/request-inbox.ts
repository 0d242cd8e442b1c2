import type { Clock } from "../../domain/clock.ts";
import type { EventData } from "../../domain/events/event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { NotifyCall } from "../notify/notify-call.ts";

/** What an automation asked for, as it was heard on Home Assistant's bus. */
export type InboxRequest =
  | { readonly kind: "notify"; readonly call: NotifyCall }
  | { readonly kind: "event"; readonly data: EventData };

export interface PendingRequest {
  readonly seq: number;
  readonly request: InboxRequest;
  readonly heardAt: number;
}

export interface RequestInboxOptions {
  /** Until Home Assistant runs it is not known whether Core's own platform sends the same, nor its country. */
  readonly isRunning: () => boolean;
  /** On disk when it resolves; rejects only where the app stops. */
  readonly save: (request: InboxRequest, heardAt: number) => Promise<void>;
  readonly pending: () => PendingRequest[];
  readonly remove: (seq: number) => Promise<void>;
  /** Null where there is nothing to send. */
  readonly commandOf: (request: InboxRequest, heardAt: number) => Promise<AnyCommand | null>;
  readonly accept: (command: AnyCommand, heard: number | null) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** First half of the outbound story: requests become commands in the order in which they were heard. */
export function createRequestInbox(options: RequestInboxOptions) {
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
    const { logger } = options;
    logger.error(`A request of an automation could not be kept, so nothing was sent: ${String(error)}`);
  }

  /** `accepted` resolves to whether it is on disk, or told why not. */
  async function take(
    request: InboxRequest,
    heardAt: number,
    seq: number | null,
  ): Promise<{ readonly accepted: Promise<boolean> }> {
    const command = await options.commandOf(request, heardAt);
    if (command !== null) return { accepted: acceptInOrder(command, seq) };
    if (seq !== null) await options.remove(seq);
    return { accepted: Promise.resolve(true) };
  }

  /** The journal keeps the order; waiting for each would make a thousand wait for a thousand commits. */
  function acceptInOrder(command: AnyCommand, seq: number | null): Promise<boolean> {
    const accepted = options.accept(command, seq).then(() => true, isNotKept);
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
      await options.save(request, heardAt);
      return true;
    } catch (error) {
      unkept.push({ request, heardAt });
      options.logger.error(
        `A request of an automation could not be kept, so the app holds it in memory until Home Assistant runs: ${String(error)}`,
      );
      return false;
    }
  }

  async function takeKept(): Promise<void> {
    const remembered = unkept;
    unkept = [];
    for (const { request, heardAt, seq } of options.pending()) {
      await take(request, heardAt, seq).catch(isNotKept);
    }
    for (const { request, heardAt } of remembered) await take(request, heardAt, null).catch(isNotKept);
    // What is not on disk as a command yet still stands among the kept ones: nobody may read those again before.
    await Promise.all(accepting);
  }

  return {
    /** Resolves to whether it is on disk, as a command or as it was heard, or told why it is none; never rejects. */
    receive(request: InboxRequest): Promise<boolean> {
      const heardAt = options.clock.now();
      // As it was then: what is heard later must not overtake what is being kept.
      const isRunning = options.isRunning();
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
    /** Home Assistant runs: what was heard before is taken first. */
    resume: (): void => next(takeKept),
    async settled(): Promise<void> {
      await inOrder;
      await Promise.all(accepting);
    },
  };
}
