import { chooseRecipientAddress } from "../../contacts/choose-recipient-address.ts";
import type { LastInbound } from "../../contacts/choose-recipient-address.ts";
import type { ResolveRecipient } from "../../contacts/ports.ts";
import type { Recipient } from "../../contacts/ports.ts";
import type { Chance } from "../../domain/chance.ts";
import type { WaitFor } from "../../domain/events/delivery-status.ts";
import type { Logger } from "../../domain/log/logger.ts";
import { isOmitted } from "../../domain/payload/is-omitted.ts";
import { MAX_NAME_LENGTH } from "../../domain/payload/payload-fields.ts";
import { recipientText, recipientValue } from "../../domain/payload/recipient-value.ts";
import { cutText } from "../../domain/text/cut-text.ts";
import type { Command, Delivery } from "../delivery/command.ts";
import type { MessageOrCall } from "../delivery/message-or-call.ts";
import { invalidRecipient } from "../delivery/result.ts";

const MISSING = "is empty: enter a phone number with its country code or the name of a contact.";
const EMPTY: Recipient = { ok: false, reason: MISSING, fault: MISSING };

export interface CommandInput {
  readonly requestId: string;
  readonly command: MessageOrCall["command"];
  readonly origin: string;
  readonly fingerprint: string;
  readonly waitFor: WaitFor;
  readonly receivedAt: number;
  readonly timeoutMs: number;
  /** Numbers or contact names, as the automation wrote them. */
  readonly to: readonly unknown[];
  /**
   * The field that names the recipients: `to` or `target` of the action, or the option `targets` of the notifier (an
   * action `notify.<name>`).
   */
  readonly field: "to" | "target" | "targets";
  readonly requestFor: (address: string) => MessageOrCall;
  /** Whether the request names no sender, so that the default sender is used. */
  readonly isDefaultSender: boolean;
}

export interface MakeCommandOptions {
  readonly resolveRecipient: ResolveRecipient;
  readonly lastInbound: LastInbound;
  readonly chance: Chance;
  readonly logger: Logger;
}

export type MakeCommand = (asked: CommandInput) => Promise<Command>;

/**
 * Makes the function that builds a command (an accepted request with one delivery for each recipient). If a recipient
 * is invalid, only this delivery gets an error.
 */
export function createCommandMaker({
  resolveRecipient,
  lastInbound,
  chance,
  logger,
}: MakeCommandOptions): MakeCommand {
  return async function makeCommand({ to, timeoutMs, field, requestFor, isDefaultSender, ...asked }) {
    // The automation may be replying to a message of the recipient. This is impossible for calls, and for recipients
    // that come from the options.
    const mayBeReply = asked.command === "send_message" && field !== "targets";
    const deliveries = await Promise.all(to.map(deliveryTo));
    const { requestId, command, origin, fingerprint, waitFor, receivedAt } = asked;
    const deadline = receivedAt + timeoutMs;
    return { requestId, command, origin, fingerprint, waitFor, receivedAt, deadline, deliveries };

    async function deliveryTo(target: unknown, position: number): Promise<Delivery> {
      const value = recipientValue(target);
      const isEmpty = isOmitted(target);
      const recipient = isEmpty ? EMPTY : await resolveRecipient(value, mayBeReply);
      const untried = { position, reference: chance.uuid(), postedAt: null, accepted: null };
      if (recipient.ok) {
        const isContact = recipient.contact !== null;
        const request = chooseRecipientAddress(requestFor(recipient.address), {
          isContact,
          isDefaultSender,
          lastInbound,
        });
        return { ...untried, request, state: "waiting", result: null };
      }
      const entry = to.length === 1 ? field : `${field} (entry ${position + 1})`;
      const what = `${entry}${isEmpty ? " " : ": "}`;
      const message = `${what}${recipient.reason}`;
      logger.warning(`${asked.origin}: nothing is sent to one recipient. ${what}${recipient.fault}`);
      const result = invalidRecipient(cutText(recipientText(target), MAX_NAME_LENGTH), message);
      return { ...untried, request: null, state: "done", result };
    }
  };
}
