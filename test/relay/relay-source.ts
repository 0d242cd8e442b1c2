import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The Function as it ships with the app. */
export const RELAY_SOURCE = readFileSync(join(import.meta.dirname, "../../addon/relay/relay.js"), "utf8");
