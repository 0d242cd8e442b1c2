import type { Clock } from "../../domain/clock.ts";
import type { EventData, OutgoingEvent } from "../../domain/events/event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notification } from "../../domain/notification.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { Command } from "../delivery/command.ts";
import { COUNTED, limitMessage, refusalData } from "../delivery/result.ts";

const LIMIT_NOTIFICATION = "twilio_limit_reached";

type Added =
  | { readonly kind: "added"; readonly command: AnyCommand }
  /** The call that a step is forwarded to would be one too many. */
  | { readonly kind: "limited"; readonly limit: number }
  | { readonly kind: "repeated"; readonly result: EventData | null }
  | { readonly kind: "id_reused" };

export interface AcceptCommandOptions {
  /** On disk when it resolves. `heard`: the kept request that it was made of. */
  readonly add: (command: AnyCommand, heard: number | null) => Promise<Added>;
  readonly report: (event: OutgoingEvent, at: number) => Promise<void>;
  readonly start: (command: AnyCommand) => void;
  /** Told that something waits for Home Assistant. */
  readonly onReported: () => void;
  readonly raise: (notification: Notification) => void;
  readonly dismiss: (id: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps a command and starts it, once however often it is asked for: a repeated `request_id` gets the result that is
 * kept, and one that stands for something else is refused.
 */
export function createCommandAcceptor(options: AcceptCommandOptions) {
  let isLimited = false;

  function tellLimit({ command, deliveries, origin }: Command): void {
    const refused = deliveries.filter(({ result }) => result?.error?.code === "limit_reached");
    if (refused.length === 0) {
      if (isLimited) options.dismiss(LIMIT_NOTIFICATION);
      isLimited = false;
      return;
    }
    raiseLimit(
      `${refused[0]?.result?.error?.message} First refused: ${refused.length} of ${deliveries.length} ${COUNTED[command]} of ${origin}.`,
    );
  }

  function raiseLimit(message: string): void {
    isLimited = true;
    options.logger.warning(message);
    options.raise({ id: LIMIT_NOTIFICATION, title: "Twilio: the day's limit is reached", message });
  }

  return async function acceptCommand(command: AnyCommand, heard: number | null): Promise<void> {
    const added = await add(command, heard);
    switch (added.kind) {
      case "added":
        if (added.command.command !== "talk") tellLimit(added.command);
        options.start(added.command);
        return;
      case "failed":
        return;
      case "repeated":
        // While it runs, its result is still to come.
        if (added.result !== null) await tell(added.result);
        return;
      case "limited": {
        const message = limitMessage("make_call", added.limit);
        raiseLimit(`${message} A step was not forwarded.`);
        await refuse(command, "limit_reached", message);
        return;
      }
      case "id_reused": {
        const message = "was used before for another command or payload; nothing was sent.";
        options.logger.warning(`${command.origin}: its request_id ${message}`);
        await refuse(command, "id_reused", `request_id ${command.requestId} ${message}`);
      }
    }
  };

  async function add(
    command: AnyCommand,
    heard: number | null,
  ): Promise<Added | { readonly kind: "failed" }> {
    try {
      return await options.add(command, heard);
    } catch (error) {
      // What was kept as it was heard is taken again when Home Assistant is back.
      if (heard !== null) throw error;
      const message = `The app failed, so nothing was sent: ${String(error)}`;
      options.logger.error(`${command.origin}: ${message}`);
      await refuse(command, "app_failed", message);
      return { kind: "failed" };
    }
  }

  async function refuse({ requestId, command }: AnyCommand, code: string, message: string): Promise<void> {
    await tell(refusalData(requestId, command, code, message));
  }

  async function tell(data: EventData): Promise<void> {
    await options.report({ type: "twilio_result", kind: null, data }, options.clock.now());
    options.onReported();
  }
}
