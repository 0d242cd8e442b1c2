import { parseExactJson } from "../../domain/payload/exact-number.ts";
import type { Commit } from "../database/group-commit.ts";
import type { JournalDatabase } from "../database/open.ts";

/** Requests that cannot be acted on yet, as they were heard. `Request` is what JSON can hold. */
export function createPendingRequests<Request>(journal: JournalDatabase, commit: Commit) {
  const insert = journal.prepare("INSERT INTO heard_requests (data, heard_at) VALUES (?, ?)");
  const select = journal.prepare("SELECT seq, data, heard_at FROM heard_requests ORDER BY seq");
  const remove = journal.prepare("DELETE FROM heard_requests WHERE seq = ?");
  return {
    save: (request: Request, heardAt: number) =>
      commit(() => void insert.run(JSON.stringify(request), heardAt)),
    pending: () =>
      select.all().map((row) => ({
        seq: Number(row["seq"]),
        request: parseExactJson(String(row["data"])) as Request,
        heardAt: Number(row["heard_at"]),
      })),
    remove: (seq: number) => commit(() => void remove.run(seq)),
  };
}
