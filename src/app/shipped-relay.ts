import { readFileSync } from "node:fs";
import { join } from "node:path";

import { createLazyLoader } from "../domain/lazy-loader.ts";
import { CloudRequestError } from "../setup/relay/cloud-request-error.ts";
import { relayVersionIn } from "../setup/relay/relay-source.ts";
import type { RelaySource } from "../setup/relay/relay-source.ts";

/**
 * Returns a function that reads the relay's Function from `addonDir` when it is first needed. Most installations have
 * no relay, and a missing file must not end the app. The function rejects with a `CloudRequestError` that names the
 * file, and the next call tries again.
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
    // This error class has no cause.
    // eslint-disable-next-line preserve-caught-error
    throw new CloudRequestError("refused", { code: "app_failed", message, more_info: null });
  }
}
