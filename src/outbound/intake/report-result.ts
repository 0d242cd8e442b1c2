import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { EventFirer, ResultLog } from "../ports.ts";

export interface ReportResultOptions {
  readonly log: ResultLog;
  readonly homeAssistant: EventFirer;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
}

/** Answers automations that wait for a result. */
export interface ResultReport {
  /** `data`: that of a `twilio_result`. Rejects where it can neither be stored nor fired. */
  report(data: EventData, at: number): Promise<void>;
}

/**
 * Reports a result to the automation that waits for it. One that the journal cannot keep is fired without it: lost in a
 * crash at worst, but not for want of a disk.
 */
export function createResultReport({ log, homeAssistant, onReported }: ReportResultOptions): ResultReport {
  return {
    async report(data, at) {
      const type = "twilio_result";
      try {
        await log.report({ type, kind: null, data }, at);
      } catch (error) {
        await homeAssistant.fireEvent(type, data).catch(() => {
          throw error;
        });
      }
      onReported();
    },
  };
}
