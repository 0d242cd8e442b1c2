import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The source of the relay's Function in the app. */
export const RELAY_SOURCE = readFileSync(join(import.meta.dirname, "../../addon/relay/relay.js"), "utf8");
