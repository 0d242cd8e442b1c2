import { failureNotification } from "../health/notification.ts";
import type { RecentRetries } from "../health/recent-retries.ts";
import { createDeliveryReports } from "../outbound/delivery/delivery-reports.ts";
import { createLookUpBeforeSending } from "../outbound/delivery/look-up-before-sending.ts";
import { createSentLookUp, LOOK_UP_AFTER_MS } from "../outbound/delivery/look-up-sent.ts";
import { createCommandRunner } from "../outbound/delivery/run-commands.ts";
import type { CommandRunner } from "../outbound/delivery/run-commands.ts";
import type { OutboundDependencies } from "./outbound.ts";

export interface DeliveryDependencies extends Pick<
  OutboundDependencies,
  | "journal"
  | "notifications"
  | "account"
  | "address"
  | "onReported"
  | "waits"
  | "publishMedia"
  | "talkAddress"
  | "calledOff"
  | "lookUpAfterMs"
  | "clock"
  | "chance"
  | "logger"
> {
  readonly noteRetry: RecentRetries["add"];
}

/** Creates the part that sends the journal's commands (accepted requests) to Twilio. */
export function createDeliveries(parts: DeliveryDependencies): CommandRunner {
  const { journal, account, clock, chance, logger } = parts;
  const { commands, deliveryEvidence: evidence, statuses, lostAt } = journal;
  const sentLookUp = createSentLookUp({
    source: account,
    evidence,
    lookUpAfterMs: parts.lookUpAfterMs ?? LOOK_UP_AFTER_MS,
    clock,
  });
  return createCommandRunner({
    journal: commands,
    evidence,
    statuses,
    sender: account.createSender({
      publicAddress: parts.address.current,
      publishMedia: parts.publishMedia,
      talkAddress: parts.talkAddress,
    }),
    waits: parts.waits,
    sentLookUp,
    lookUpBeforeSending: createLookUpBeforeSending({ lostAt, sentLookUp, clock }),
    calledOff: parts.calledOff,
    reports: createDeliveryReports({
      onReported: parts.onReported,
      noteRetry: parts.noteRetry,
      describeFailure: failureNotification,
      notifications: parts.notifications,
    }),
    clock,
    chance,
    logger,
  });
}
