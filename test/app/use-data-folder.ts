import { join } from "node:path";

import { openTestStore } from "../journal/open-test-store.ts";

/** Creates a journal in the folder, because on a first start the app verifies ages with Twilio. */
export function useDataFolder(directory: string): void {
  using store = openTestStore(join(directory, "journal.db"), {}, Date.now());
  // Without this value, the app starts no backfill.
  store.settings.remove("last_heard");
}
