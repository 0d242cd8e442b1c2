import type { Mutation } from "../bundle/mutation.ts";

export const JOURNAL_MUTATIONS: readonly Mutation[] = [
  {
    name: "reports a write before it is committed",
    file: "src/journal/database/group-commit.ts",
    from: "for (const { run } of group) run();",
    to: "for (const { run, resolve } of group) { run(); resolve(); }",
  },
  {
    name: "reports a write that failed alone as done",
    file: "src/journal/database/group-commit.ts",
    from: "      onError(error);\n      reject(error);\n      return;",
    to: "      onError(error);\n      resolve();\n      return;",
  },
  {
    name: "does not sync the disk at each commit",
    file: "src/journal/database/open.ts",
    from: "PRAGMA synchronous = FULL",
    to: "PRAGMA synchronous = NORMAL",
  },
  {
    name: "does not try a write again on a full disk",
    file: "src/journal/retry-writes.ts",
    from: "if (stopping.aborted || !isTransient(error)) throw error;",
    to: "throw error;",
  },
  {
    name: "forgets after a crash what was being fired",
    file: "src/journal/inbound/event-log.ts",
    from: "UPDATE events SET state = 'pending', unsure = 1 ${whereOpen}",
    to: "UPDATE events SET state = 'delivered' ${whereOpen}",
  },
  {
    name: "is sure after a crash that nothing was fired",
    file: "src/journal/inbound/event-log.ts",
    from: "UPDATE events SET state = 'pending', unsure = 1 ${whereOpen}",
    to: "UPDATE events SET state = 'pending' ${whereOpen}",
  },
  {
    name: "lets calls act that came before the machine started",
    file: "src/journal/journal.ts",
    from: "eventLog.markCallsStale();",
    to: "",
  },
  {
    name: "lets a call act whose age Twilio reports after the machine started",
    file: "src/journal/inbound/sid-ages.ts",
    from: "late = max(late, ?)",
    to: "late = ?",
  },
  {
    name: "takes every webhook for a new one",
    file: "src/journal/inbound/event-log.ts",
    from: "const novelty = keys.save(key, receivedAt);",
    to: 'const novelty = keys.save(key, receivedAt) && "new";',
  },
];
