import { readFileSync } from "node:fs";
import { join } from "node:path";

import { createLazyLoader } from "../domain/lazy-loader.ts";
import { CloudRequestError } from "../setup/relay/cloud-request-error.ts";
import { relayVersionIn } from "../setup/relay/relay-source.ts";
import type { RelaySource } from "../setup/relay/relay-source.ts";

/**
 * Returns a function that reads the source text of the webhook relay from `addonDir`. It reads the file at the first
 * call, because most installations have no relay and must work without the file. It rejects with a `CloudRequestError`
 * that names the file. The next call then tries again.
 */
export function openShippedRelay(addonDir: string): () => Promise<RelaySource> {
  const file = join(addonDir, "relay", "relay.js");
  return createLazyLoader(async () => {
    const text = readText(file);
    return { text, version: relayVersionIn(text) ?? 0 };
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const message = `The app cannot read its file ${file}: ${error instanceof Error ? error.message : String(error)}`;
    // `CloudRequestError` accepts no cause.
    // eslint-disable-next-line preserve-caught-error
    throw new CloudRequestError("refused", { code: "app_failed", message, more_info: null });
  }
}
