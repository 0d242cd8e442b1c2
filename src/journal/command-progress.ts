import type { EventData } from "../domain/inbound-event.ts";
import type { SendRequest } from "../domain/send-request.ts";
import type { Journal } from "./open-database.ts";

export interface CommandProgress {
  /** As `twilio_result` will have it; null while it runs. */
  readonly result: EventData | null;
  readonly sends: readonly {
    readonly to: string | null;
    readonly state: "waiting" | "posting" | "done";
    /** Once Twilio has it. */
    readonly sid: string | null;
  }[];
}

/** How far a command is; null for an id that is not known. */
export function createCommandProgress(journal: Journal): {
  progressOf(requestId: string): CommandProgress | null;
} {
  const command = journal.prepare("SELECT seq, result FROM commands WHERE request_id = ?");
  const sends = journal.prepare(
    "SELECT request, state, sid FROM sends WHERE command_seq = ? ORDER BY position",
  );
  return {
    progressOf(requestId) {
      const row = command.get(requestId);
      if (row === undefined) return null;
      return {
        result: typeof row["result"] === "string" ? (JSON.parse(row["result"]) as EventData) : null,
        sends: sends.all(row["seq"] ?? null).map(({ request, state, sid }) => ({
          to: typeof request === "string" ? (JSON.parse(request) as SendRequest).to : null,
          state: state as "waiting",
          sid: typeof sid === "string" ? sid : null,
        })),
      };
    },
  };
}
