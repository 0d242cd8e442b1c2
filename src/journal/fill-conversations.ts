import type { Commit } from "./group-commit.ts";
import type { KeptFacts } from "./kept-facts.ts";
import { FILL_CONVERSATIONS } from "./migrations/005-conversations.ts";
import type { Journal } from "./open-database.ts";

/** Rows at a time: one step must not keep a webhook waiting. */
const STEP = 200;

type Table = keyof typeof FILL_CONVERSATIONS;

/** The highest rows that are still to be filled in; 0 where none is. */
type Left = Readonly<Record<Table, number>>;

/**
 * Fills in the conversations of a journal that is older than they are, the newest first, a step at a time. How far it
 * got is kept with each step. What was removed meanwhile is not there to be filled in. A step resolves to whether
 * there is more.
 */
export function createConversationFilling(
  journal: Journal,
  commit: Commit,
  facts: KeptFacts,
): () => Promise<boolean> {
  const fillers = { events: createFiller("events"), commands: createFiller("commands") };

  function createFiller(table: Table) {
    // Over all rows, not only those that belong here, so that each step takes the time of a step.
    const lowest = journal.prepare(
      `SELECT min(seq) AS seq FROM (SELECT seq FROM ${table} WHERE seq <= ? ORDER BY seq DESC LIMIT ${STEP})`,
    );
    const inserts = FILL_CONVERSATIONS[table].map((query) => journal.prepare(query));
    return (highest: number): number => {
      const from = highest === 0 ? null : lowest.get(highest)?.["seq"];
      if (typeof from !== "number") return 0;
      for (const insert of inserts) insert.run(from, highest);
      return from - 1;
    };
  }

  return async () => {
    if (facts.get("conversations_to_fill") === null) return false;
    return await commit(() => {
      const { events, commands } = JSON.parse(facts.get("conversations_to_fill") ?? "{}") as Left;
      const left: Left = { events: fillers.events(events), commands: fillers.commands(commands) };
      const isDone = left.events === 0 && left.commands === 0;
      if (isDone) facts.remove("conversations_to_fill");
      else facts.set("conversations_to_fill", JSON.stringify(left));
      return !isDone;
    });
  };
}
