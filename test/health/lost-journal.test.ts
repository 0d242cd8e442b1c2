import { expect, test } from "vitest";

import { lostJournalOf } from "../../src/health/lost-journal.ts";

const COPIED = new Date(5_000);

test.each([
  ["was never lost", null, null, null],
  ["was lost at an earlier start", 7, null, { at: 7, atThisStart: null }],
  [
    "is missing at this start",
    7,
    { damagedFile: null, copiedAt: null },
    { at: 7, atThisStart: { wasDamaged: false, copiedAt: null } },
  ],
  [
    "is damaged at this start and comes from a copy",
    7,
    { damagedFile: "journal.db.damaged", copiedAt: COPIED },
    { at: 7, atThisStart: { wasDamaged: true, copiedAt: COPIED } },
  ],
])(
  "the panel shows whether the journal (the app's database) was lost: it %s",
  (_name, lostAt, loss, expected) => {
    expect(lostJournalOf(lostAt, loss)).toEqual(expected);
  },
);
