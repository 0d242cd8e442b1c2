import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { EventFirer, ResultLog } from "../ports.ts";

export interface ReportResultOptions {
  readonly log: ResultLog;
  readonly homeAssistant: EventFirer;
  /** Called after an event for Home Assistant has been stored. */
  readonly onReported: () => void;
}

/** Reports the results of requests to automations. */
export interface ResultReport {
  /** `data`: of a `twilio_result`. Rejects if it can neither be stored nor fired. */
  report(data: EventData, at: number): Promise<void>;
}

/**
 * Stores the `twilio_result` of a request, for the automation that waits for it. If the journal cannot store it, the
 * event is fired directly, so that a full disk does not lose it.
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
