import { join } from "node:path";

import { openTestStore } from "../journal/open-test-store.ts";

/** Leaves an app's journal there, as if one had worked in it: on a first start Twilio is asked how old things are. */
export function useDataFolder(directory: string): void {
  openTestStore(join(directory, "journal.db"), {}, Date.now())[Symbol.dispose]();
}
