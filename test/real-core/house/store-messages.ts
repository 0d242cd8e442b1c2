import { join } from "node:path";

import { inboundEvents } from "../../../src/domain/events/outgoing-event.ts";
import { openTestStore } from "../../journal/open-test-store.ts";
import { messageParameters } from "../../twilio-simulator/webhooks/webhook-parameters.ts";

export interface StoredMessages {
  /** The app's data folder. */
  readonly directory: string;
  readonly count: number;
  readonly receivedAt: (n: number) => Date;
  readonly accountSid: string;
}

/** Stores messages in the app's journal, as the app does while Home Assistant is away. Their texts are 0, 1, 2, …. */
export async function storeMessages({
  directory,
  count,
  receivedAt,
  accountSid,
}: StoredMessages): Promise<void> {
  using store = openTestStore(join(directory, "journal.db"), {}, Date.now());
  const context = { webhookId: "0".repeat(64), recognize: () => null, requestId: null, parties: null };
  await Promise.all(
    Array.from({ length: count }, (_none, n) => {
      const at = receivedAt(n);
      const fields = messageParameters({
        accountSid,
        from: "+12125550123",
        to: "+15005550006",
        body: String(n),
      });
      const sid = fields["MessageSid"] ?? "";
      return store.eventLog.saveWebhook({
        key: { sid, key: `${sid}:received`, identicalWebhook: null, signature: null },
        events: inboundEvents(
          fields,
          { kind: "message", route: "webhook" },
          { ...context, eventId: `event-${n}`, receivedAt: at },
        ),
        receivedAt: at.getTime(),
        initialState: "pending",
        isBackfill: false,
        stale: false,
        status: null,
      });
    }),
  );
}
