/**
 * The parts of the app that the simulation uses: the loop that keeps the app running, and the parts of its settings.
 * Errors must be of the app's own classes.
 */
export { createAppLogger } from "../../../src/app/process/app-logger.ts";
export { keepRunning } from "../../../src/app/process/keep-running.ts";
export { TransportError } from "../../../src/domain/transport.ts";
export { lockJournal } from "../../../src/journal/database/lock.ts";
export { createRelayMemory } from "../../../src/journal/relay/relay-memory.ts";
export { journalFiles, openJournal } from "../../../src/journal/journal.ts";
export { parseOptions } from "../../../src/options/parse-options.ts";
