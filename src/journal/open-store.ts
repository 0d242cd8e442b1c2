import { createCommandQueue } from "./command-queue.ts";
import { createEventLog } from "./event-log.ts";
import { createGroupCommit } from "./group-commit.ts";
import { createHeardNumbers } from "./heard-numbers.ts";
import { createHeardRequests } from "./heard-requests.ts";
import { createKeptFacts } from "./kept-facts.ts";
import { openJournal } from "./open-journal.ts";
import { createProvenSids } from "./proven-sids.ts";
import { createHistoryPruning } from "./prune-history.ts";
import { createSendEvidence } from "./send-evidence.ts";

export type Store = ReturnType<typeof openStore>;

/**
 * Opens the journal and all that is kept in it. `now` in milliseconds since 1970.
 *
 * @throws {JournalTooNewError} where a later version of the app wrote it
 */
export function openStore(
  file: string,
  limits: { readonly messagesPerDay: number; readonly callsPerDay: number },
  now: number,
) {
  const { journal, damagedFile } = openJournal(file);
  const groupCommit = createGroupCommit(journal);
  const { commit, hasFailed } = groupCommit;
  const facts = createKeptFacts(journal);
  if (damagedFile !== null) facts.keepFirst("lost_at", String(now));
  const lost = facts.get("lost_at");
  const lostAt = lost === null ? null : Number(lost);
  const provenSids = lostAt === null ? null : createProvenSids(journal, commit, lostAt);
  const eventLog = createEventLog(journal, groupCommit, provenSids);
  const heardNumbers = createHeardNumbers(journal, commit);
  const lastHeardBefore = heardNumbers.lastHeard();
  // From now on the app listens, so that from now on something can be missed.
  facts.keepFirst("last_heard", String(now));

  return {
    journal,
    facts,
    eventLog,
    heardNumbers,
    provenSids,
    commands: createCommandQueue(journal, commit, eventLog, {
      send_message: limits.messagesPerDay,
      make_call: limits.callsPerDay,
    }),
    evidence: createSendEvidence(journal, commit),
    heardRequests: createHeardRequests(journal, commit),
    prune: createHistoryPruning(journal, commit),
    /** When an earlier journal was lost, in milliseconds since 1970; null if none was. */
    lostAt,
    /** Where a damaged journal was moved to at this start. */
    damagedFile,
    /** When Twilio was last heard before this start; null on a first start. */
    lastHeardBefore,
    /** Whether something can be written at present. */
    async canKeep(): Promise<boolean> {
      if (!hasFailed()) return true;
      const probe = commit(() => facts.set("probe", String(now)));
      return await probe.then(
        () => true,
        () => false,
      );
    },
    [Symbol.dispose]: () => journal.close(),
  };
}
