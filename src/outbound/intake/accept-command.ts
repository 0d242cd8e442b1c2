import type { TalkCommand } from "../../calls/step.ts";
import type { Clock } from "../../domain/clock.ts";
import { errorText } from "../../domain/error-text.ts";
import type { EventData } from "../../domain/events/outgoing-event.ts";
import type { Logger } from "../../domain/log/logger.ts";
import type { Notifications } from "../../domain/notification.ts";
import type { AnyCommand } from "../delivery/command.ts";
import type { Command } from "../delivery/command.ts";
import { COUNTED, limitMessage, refusalData } from "../delivery/result.ts";
import type { CommandRunner } from "../delivery/run-commands.ts";
import type { AddedCommand, AddedStep, CommandJournal, RequestJournal, StepJournal } from "../ports.ts";
import { isPending } from "./is-pending.ts";
import type { ResultReport } from "./report-result.ts";

const LIMIT_NOTIFICATION = "twilio_limit_reached";

type Added = AddedCommand | AddedStep;

export interface AcceptCommandOptions {
  readonly commands: Pick<CommandJournal, "add" | "findExisting">;
  readonly requests: Pick<RequestJournal, "pending">;
  readonly steps: StepJournal;
  readonly results: ResultReport;
  readonly runner: Pick<CommandRunner, "startWhileStored">;
  /** Starts a step on a call. The journal (the app's database) already has the step. */
  readonly startStep: (command: TalkCommand) => void;
  readonly notifications: Notifications;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Stores and starts a command (an accepted request). `pendingSeq`: the number of the pending request from which the
 * command was made; null if the request was not stored.
 */
export type AcceptCommand = (command: AnyCommand, pendingSeq: number | null) => Promise<void>;

/**
 * Creates the function that stores a command and starts it. If the command can start at once, one transaction stores it
 * and marks its start. A request with a repeated `request_id` gets the stored result again. But if its command or
 * payload differs from those of the first request, the app refuses it.
 */
export function createCommandAcceptor(options: AcceptCommandOptions): AcceptCommand {
  const { notifications, logger } = options;
  let isLimited = false;

  function reportLimit({ command, deliveries, origin }: Command): void {
    const refused = deliveries.filter(({ result }) => result?.error?.code === "limit_reached");
    if (refused.length === 0) {
      if (isLimited) notifications.dismiss(LIMIT_NOTIFICATION);
      isLimited = false;
      return;
    }
    raiseLimit(
      `${refused[0]?.result?.error?.message} Of ${origin}, ${refused.length} of ${deliveries.length} ${COUNTED[command]} were refused.`,
    );
  }

  function raiseLimit(message: string): void {
    isLimited = true;
    logger.warning(message);
    notifications.raise({
      id: LIMIT_NOTIFICATION,
      say: ({ errors, notifications: { limit } }) => ({
        title: limit.title,
        message: errorText({ code: "limit_reached", message }, errors),
      }),
    });
  }

  return async function acceptCommand(command, pendingSeq) {
    const adding = add(command, pendingSeq);
    if (command.command !== "talk")
      options.runner.startWhileStored(
        command,
        adding.then(storedCommand, () => null),
      );
    const added = await adding;
    switch (added.kind) {
      case "added":
        if (added.command.command === "talk") options.startStep(added.command);
        else reportLimit(added.command);
        return;
      case "failed":
        return;
      case "repeated":
        // While the first request runs, there is no result yet. Its `twilio_result` will answer the repeated request,
        // too.
        if (added.result !== null) await report(added.result);
        return;
      case "limited": {
        const message = limitMessage("make_call", added.limit);
        raiseLimit(`${message} A call was not forwarded.`);
        await refuse(command, "limit_reached", message);
        return;
      }
      case "id_reused": {
        const message =
          "was already used for another command or payload, so nothing was sent. Use a new request_id for each request.";
        logger.warning(`${command.origin}: its request_id ${message}`);
        await refuse(command, "id_reused", `request_id ${command.requestId} ${message}`);
      }
    }
  };

  async function add(
    command: AnyCommand,
    pendingSeq: number | null,
  ): Promise<Added | { readonly kind: "failed" }> {
    try {
      return command.command === "talk"
        ? await options.steps.add(command, pendingSeq)
        : await options.commands.add(command, pendingSeq);
    } catch (error) {
      // The pending request stays in the journal. The app accepts it again when Home Assistant runs.
      if (pendingSeq !== null) throw error;
      // If an earlier request has the same ID, its message may already be sent. Its `twilio_result` answers both
      // requests.
      const known = options.commands.findExisting(command.requestId);
      if (known !== null) return { kind: "repeated", result: known.result };
      if (isPending(options.requests, command.requestId, command.receivedAt))
        return { kind: "repeated", result: null };
      const message = `The app failed, so nothing was sent: ${String(error)}`;
      logger.error(`${command.origin}: ${message}`);
      await refuse(command, "app_failed", message);
      return { kind: "failed" };
    }
  }

  async function refuse({ requestId, command }: AnyCommand, code: string, message: string): Promise<void> {
    await report(refusalData(requestId, command, code, message));
  }

  async function report(data: EventData): Promise<void> {
    await options.results.report(data, options.clock.now());
  }
}

/** The command as the journal has it; null if it was not stored. */
function storedCommand(added: Added | { readonly kind: "failed" }): Command | null {
  return added.kind === "added" && added.command.command !== "talk" ? added.command : null;
}
