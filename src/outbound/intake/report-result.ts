import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { EventFirer, ResultLog } from "../ports.ts";

export interface ReportResultOptions {
  readonly log: ResultLog;
  readonly homeAssistant: EventFirer;
  /** Called after the event `twilio_result` has been stored for Home Assistant, or fired directly. */
  readonly onReported: () => void;
}

/** Reports the results of requests to automations. */
export interface ResultReport {
  /**
   * Reports a result. `data`: the data of the event `twilio_result`. Rejects if the event can neither be stored nor
   * fired.
   */
  report(data: EventData, at: number): Promise<void>;
}

/**
 * Stores the event `twilio_result` for the automation that waits for it. If the journal (the app's database) cannot
 * store the event, for example on a full disk, the app fires it directly.
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
