import { join } from "node:path";

import { runApp } from "../src/app/process/run.ts";
import { createTransport } from "../src/app/system/transport.ts";
import { routeFunctions } from "./route-functions.ts";

const { env } = process;
const simulator = env["TWILIO_SIMULATOR"] ?? "";
const ended = new Promise<void>((resolve) => {
  process.once("SIGTERM", () => resolve());
  process.once("SIGINT", () => resolve());
});
// This timer keeps the process alive. The app listens on no port, and the timers of its clock do not keep it alive.
const alive = setInterval(() => undefined, 3_600_000);

/** The app as it is shipped, with the simulator in place of all of Twilio's hosts and Functions. */
process.exitCode = await runApp({
  env,
  dataDir: env["DATA_DIR"] ?? "",
  addonDir: join(import.meta.dirname, "../addon"),
  nodeVersion: process.versions.node,
  write: (line) => void process.stdout.write(`${line}\n`),
  stopped: ended,
  onUnhandledRejection: (listener) => void process.on("unhandledRejection", listener),
  twilioStandIn: { url: simulator, transport: routeFunctions(createTransport(), simulator) },
});
clearInterval(alive);
