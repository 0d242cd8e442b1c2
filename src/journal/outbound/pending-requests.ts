import type { RequestJournal } from "../../outbound/ports.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";
import { readableRows } from "../readable-rows.ts";
import { inboxRequestCodec } from "./inbox-request-codec.ts";

/** Stores the request inbox: requests of automations that wait until Home Assistant is running. */
export function createPendingRequests(journal: JournalDatabase, commit: Commit): RequestJournal {
  const insert = journal.prepare("INSERT INTO heard_requests (data, heard_at) VALUES (?, ?)");
  const select = journal.prepare("SELECT seq, data, heard_at FROM heard_requests ORDER BY seq");
  const remove = journal.prepare("DELETE FROM heard_requests WHERE seq = ?");
  return {
    save: (request, receivedAt) =>
      commit(() => void insert.run(inboxRequestCodec.encode(request), receivedAt)),
    pending: () =>
      readableRows(select.all(), (row) => ({
        seq: Number(row["seq"]),
        request: inboxRequestCodec.decode(row["data"]),
        receivedAt: Number(row["heard_at"]),
      })),
    remove: (seq) => commit(() => void remove.run(seq)),
  };
}
