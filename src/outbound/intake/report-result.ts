import type { EventData, OutgoingEvent } from "../../domain/events/event.ts";

export interface ReportResultOptions {
  /** On disk when it resolves. */
  readonly save: (event: OutgoingEvent, at: number) => Promise<void>;
  /** Fires an event into Home Assistant now. */
  readonly fire: (type: string, data: EventData) => Promise<void>;
}

/**
 * Reports a result to the automation that waits for it. One that the journal cannot keep is fired without it: lost in a
 * crash at worst, but not for want of a disk. Rejects where both fail.
 */
export function createResultReport({ save, fire }: ReportResultOptions) {
  return async function reportResult(event: OutgoingEvent, at: number): Promise<void> {
    try {
      await save(event, at);
    } catch (error) {
      await fire(event.type, event.data).catch(() => {
        throw error;
      });
    }
  };
}
