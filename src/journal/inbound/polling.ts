import * as z from "zod";

import type { PolledAccount, PolledNumber } from "../../inbound/polling/message-number.ts";
import type { PollingJournal } from "../../inbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import type { FieldsOf } from "../json-codec.ts";

const polledAccount = z.object({
  pollFrom: z.number(),
  newest: z.number(),
  lostAt: z.nullable(z.number()),
} satisfies FieldsOf<PolledAccount>);

const polledNumbers = z.array(
  z.object({
    address: z.string(),
    choice: z.nullable(z.enum(["on", "off"])),
    pollFrom: z.nullable(z.number()),
    webhooksArrive: z.number().transform((flag) => flag === 1),
  }),
);

/**
 * Stores the state of polling (reading messages from Twilio's list) for one account. The rows of other accounts stay,
 * because the user may enter an earlier account again.
 */
export function createPollingJournal(
  journal: JournalDatabase,
  commit: Commit,
  accountSid: string,
): PollingJournal {
  const selectAccount = journal.prepare(
    `SELECT poll_from AS "pollFrom", newest, lost_at AS "lostAt" FROM polled_accounts WHERE account_sid = ?`,
  );
  const putAccount = journal.prepare(
    "INSERT OR REPLACE INTO polled_accounts (account_sid, poll_from, newest, lost_at) VALUES (?, ?, ?, ?)",
  );
  const selectNumbers = journal.prepare(
    `SELECT address, choice, poll_from AS "pollFrom", webhooks_arrive AS "webhooksArrive" FROM polled_numbers
     WHERE account_sid = ? ORDER BY address`,
  );
  const putNumber = journal.prepare(
    "INSERT OR REPLACE INTO polled_numbers (account_sid, address, choice, poll_from, webhooks_arrive) VALUES (?, ?, ?, ?, ?)",
  );

  return {
    account() {
      const row = selectAccount.get(accountSid);
      return row === undefined ? null : polledAccount.parse(row);
    },
    saveAccount: ({ pollFrom, newest, lostAt }) =>
      commit(() => void putAccount.run(accountSid, pollFrom, newest, lostAt)),
    numbers: (): readonly PolledNumber[] => polledNumbers.parse(selectNumbers.all(accountSid)),
    saveNumbers: (numbers) =>
      commit(() => {
        for (const { address, choice, pollFrom, webhooksArrive } of numbers)
          putNumber.run(accountSid, address, choice, pollFrom, webhooksArrive ? 1 : 0);
      }),
  };
}
