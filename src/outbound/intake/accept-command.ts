import type { TalkCommand } from "../../calls/step.ts";
import type { Clock } from "../../domain/clock.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { Command } from "../delivery/command.ts";
import { COUNTED, limitMessage, refusalData } from "../delivery/result.ts";
import type { CommandRunner } from "../delivery/run-commands.ts";
import type { AddedCommand, AddedStep, CommandJournal, StepJournal } from "../ports.ts";
import type { ResultReport } from "./report-result.ts";

const LIMIT_NOTIFICATION = "twilio_limit_reached";

type Added = AddedCommand | AddedStep;

export interface AcceptCommandOptions {
  readonly commands: Pick<CommandJournal, "add" | "findExisting">;
  readonly steps: StepJournal;
  readonly results: ResultReport;
  readonly runner: Pick<CommandRunner, "start">;
  /** Takes a step on a call that is in the journal. */
  readonly startStep: (command: TalkCommand) => void;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `heard`: the stored request that the command was made of, null for none. */
export type AcceptCommand = (command: AnyCommand, heard: number | null) => Promise<void>;

/**
 * Keeps a command and starts it, once however often it is asked for: a repeated `request_id` gets the result that is
 * kept, and one that stands for something else is refused.
 */
export function createCommandAcceptor(options: AcceptCommandOptions): AcceptCommand {
  const { notifications, logger } = options;
  let isLimited = false;

  function tellLimit({ command, deliveries, origin }: Command): void {
    const refused = deliveries.filter(({ result }) => result?.error?.code === "limit_reached");
    if (refused.length === 0) {
      if (isLimited) notifications.dismiss(LIMIT_NOTIFICATION);
      isLimited = false;
      return;
    }
    raiseLimit(
      `${refused[0]?.result?.error?.message} First refused: ${refused.length} of ${deliveries.length} ${COUNTED[command]} of ${origin}.`,
    );
  }

  function raiseLimit(message: string): void {
    isLimited = true;
    logger.warning(message);
    notifications.raise({ id: LIMIT_NOTIFICATION, title: "Twilio: the day's limit is reached", message });
  }

  return async function acceptCommand(command, heard) {
    const added = await add(command, heard);
    switch (added.kind) {
      case "added":
        start(added.command);
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
        logger.warning(`${command.origin}: its request_id ${message}`);
        await refuse(command, "id_reused", `request_id ${command.requestId} ${message}`);
      }
    }
  };

  async function add(
    command: AnyCommand,
    heard: number | null,
  ): Promise<Added | { readonly kind: "failed" }> {
    try {
      return command.command === "talk"
        ? await options.steps.add(command, heard)
        : await options.commands.add(command, heard);
    } catch (error) {
      // What was kept as it was heard is taken again when Home Assistant is back.
      if (heard !== null) throw error;
      // A repeated request: what it asks for may be sent already. Its result is still to come, or is told again.
      const known = options.commands.findExisting(command.requestId);
      if (known !== null) return { kind: "repeated", result: known.result };
      const message = `The app failed, so nothing was sent: ${String(error)}`;
      logger.error(`${command.origin}: ${message}`);
      await refuse(command, "app_failed", message);
      return { kind: "failed" };
    }
  }

  function start(command: AnyCommand): void {
    if (command.command === "talk") {
      options.startStep(command);
      return;
    }
    tellLimit(command);
    options.runner.start(command);
  }

  async function refuse({ requestId, command }: AnyCommand, code: string, message: string): Promise<void> {
    await tell(refusalData(requestId, command, code, message));
  }

  async function tell(data: EventData): Promise<void> {
    await options.results.report(data, options.clock.now());
  }
}
