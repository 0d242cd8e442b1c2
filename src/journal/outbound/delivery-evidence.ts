import { withoutPhoneChannel } from "../../domain/address/channel-address.ts";
import { isFinalMessageStatus } from "../../domain/events/status-order.ts";
import type { DeliveryReferences, SentMessages } from "../../inbound/ports.ts";
import type { DeliveryEvidence } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { messageOrCallCodec } from "./delivery-codecs.ts";
import type { LatestStatuses } from "./statuses.ts";

export const SENT_TO_QUERY = `SELECT 1 FROM sends WHERE kind IN ('send_message', 'make_call')
  AND recipient IN (?1, 'whatsapp:' || ?1, 'rcs:' || ?1) AND posted_at IS NOT NULL AND sid IS NOT NULL LIMIT 1`;

/**
 * Finds deliveries by Twilio's SID or by their secret reference. The app needs this for look-ups at Twilio and for
 * status callbacks.
 */
export function createDeliveryEvidence(
  journal: JournalDatabase,
  commit: Commit,
  statuses: Pick<LatestStatuses, "reportedStatus">,
): DeliveryEvidence & DeliveryReferences & SentMessages {
  const byReference = journal.prepare("SELECT sid FROM sends WHERE reference = ?");
  const bySid = journal.prepare("SELECT 1 FROM sends WHERE sid = ?");
  const sentSince = journal.prepare(
    "SELECT sid FROM sends WHERE kind = 'send_message' AND counted_at >= ? AND sid IS NOT NULL",
  );
  const selectCompeting = journal.prepare(
    `SELECT request FROM sends WHERE kind = ? AND recipient = ? AND posted_at >= ?
     AND sid IS NULL AND reference IS NOT ? AND (state = 'posting' OR result LIKE '%"unknown_outcome"%')`,
  );
  const setSid = journal.prepare("UPDATE sends SET sid = ? WHERE reference = ? AND sid IS NULL");
  const requestByReference = journal.prepare(
    "SELECT request_id FROM commands JOIN sends ON command_seq = seq WHERE reference = ?",
  );
  const requestBySid = journal.prepare(
    "SELECT request_id FROM commands JOIN sends ON command_seq = seq WHERE sid = ?",
  );
  const sentTo = journal.prepare(SENT_TO_QUERY);

  return {
    sidOf(reference) {
      const sid = byReference.get(reference)?.["sid"];
      return typeof sid === "string" ? sid : null;
    },
    claimedSids: (sids) => new Set(sids.filter((sid) => bySid.get(sid) !== undefined)),
    openMessageSids: (since) =>
      sentSince
        .all(since)
        .map(({ sid }) => String(sid))
        .filter((sid) => !isFinalMessageStatus(statuses.reportedStatus(sid))),
    competingRequests: ({ command, to }, reference, since) =>
      selectCompeting
        .all(command, to, since, reference)
        .map((row) => messageOrCallCodec.decodeOrNull(row["request"]))
        .filter((request) => request !== null),
    saveSid: (reference, sid) => commit(() => void setSid.run(sid, reference)),
    requestIdOf(reference, sid) {
      const row =
        (reference === null ? undefined : requestByReference.get(reference)) ??
        (sid === null ? undefined : requestBySid.get(sid));
      return row === undefined ? null : String(row["request_id"]);
    },
    hasSentTo: (address) => sentTo.get(withoutPhoneChannel(address)) !== undefined,
  };
}
