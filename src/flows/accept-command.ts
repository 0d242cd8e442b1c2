import type { Command } from "../domain/command.ts";
import type { EventData, OutgoingEvent } from "../domain/inbound-event.ts";
import type { Logger } from "../domain/logger.ts";
import { refusalData } from "../domain/send-result.ts";
import type { Notification } from "./report-failures.ts";

const LIMIT_NOTIFICATION = "twilio_limit_reached";

type Added =
  | { readonly kind: "added"; readonly command: Command }
  | { readonly kind: "repeated"; readonly result: EventData | null }
  | { readonly kind: "id_reused" };

export interface AcceptCommandOptions {
  /** On disk when it resolves. `heard`: the kept request that it was made of. */
  readonly add: (command: Command, heard: number | null) => Promise<Added>;
  readonly report: (event: OutgoingEvent, at: number) => Promise<void>;
  readonly start: (command: Command) => void;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  readonly raise: (notification: Notification) => void;
  readonly dismiss: (id: string) => void;
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Keeps a command and starts it, once however often it is asked for: a repeated `request_id` gets the result that is
 * kept, and one that stands for something else is refused.
 */
export function createCommandAcceptor(options: AcceptCommandOptions) {
  let isLimited = false;

  function tellLimit({ command, sends, origin }: Command): void {
    const refused = sends.filter(({ result }) => result?.error?.code === "limit_reached");
    if (refused.length === 0) {
      if (isLimited) options.dismiss(LIMIT_NOTIFICATION);
      isLimited = false;
      return;
    }
    isLimited = true;
    const what = command === "send_message" ? "messages" : "calls";
    const message = `${refused[0]?.result?.error?.message} First refused: ${refused.length} of ${sends.length} ${what} of ${origin}.`;
    options.logger.warning(message);
    options.raise({ id: LIMIT_NOTIFICATION, title: "Twilio: the day's limit is reached", message });
  }

  return async function acceptCommand(command: Command, heard: number | null): Promise<void> {
    const added = await options.add(command, heard);
    switch (added.kind) {
      case "added":
        tellLimit(added.command);
        options.start(added.command);
        return;
      case "repeated":
        // While it runs, its result is still to come.
        if (added.result !== null) await tell(added.result);
        return;
      case "id_reused": {
        const message = `request_id ${command.requestId} was used before for another command or payload; nothing was sent.`;
        options.logger.warning(`${command.origin}: ${message}`);
        await tell(refusalData(command.requestId, command.command, "id_reused", message));
      }
    }
  };

  async function tell(data: EventData): Promise<void> {
    await options.report({ type: "twilio_result", kind: null, data }, options.now());
    options.onReported();
  }
}
