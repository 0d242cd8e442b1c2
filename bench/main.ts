import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { installCore } from "../test/real-core/install/install-core.ts";
import { connectClient } from "./connect-client.ts";
import { describeMachine, fileSystemOf } from "./describe-machine.ts";
import { measureAlarmRestarts } from "./measure-alarm-restarts.ts";
import { measureAlarms } from "./measure-alarms.ts";
import { measureAnswers } from "./measure-answers.ts";
import { measureAutomation } from "./measure-automation.ts";
import { measureFootprint } from "./measure-footprint.ts";
import { measureHealthCheck } from "./measure-health-check.ts";
import { measureHistory } from "./measure-history.ts";
import { measureOutages } from "./measure-outages.ts";
import { measurePanel } from "./measure-panel.ts";
import { measureRate } from "./measure-rate.ts";
import { measureRelay } from "./measure-relay.ts";
import { measureScripts } from "./measure-scripts.ts";
import { measureSending } from "./measure-sending.ts";
import { measureTalk } from "./measure-talk.ts";
import { type Row, toTable } from "./row.ts";
import { startBenchCore } from "./start-bench-core.ts";
import { startBundle } from "./start-bundle.ts";
import { startTwilioStandIn } from "./start-twilio-stand-in.ts";
import { ROUNDS } from "./statistics.ts";

const HOW = `This app and Core's own Twilio integration are measured in one run, beside the same real Core. The same load
generator, in a thread of its own, measures both. They take turns, and meet the same outages at the same time. Where both
are compared, each figure is the median of ${ROUNDS} rounds. Requests to the app are signed beforehand; Core asks for no
signature. Twilio is a stand-in on this machine, by plain HTTP. *Lost*: no automation in Core ran for the message.
*No answer*: more than one request in a hundred got none.`;

const startedAt = Date.now();
const say = (line: string): void =>
  void process.stdout.write(
    `${String(Math.round((Date.now() - startedAt) / 1000)).padStart(4)} s  ${line}\n`,
  );

const cacheDir = join(import.meta.dirname, "../.cache");
const workDir = join(cacheDir, "bench");
// Remove the data of a run that was killed, up to a gigabyte.
await rm(workDir, { recursive: true, force: true });
await mkdir(workDir, { recursive: true });
// The child processes end with this process, because it tells them when it exits.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const fileSystem = fileSystemOf(workDir);
const installation = await installCore({ cacheDir, progress: say });
const machine = describeMachine(installation, fileSystem);
say(machine);

await using twilio = await startTwilioStandIn();
say("starting Home Assistant Core with its own Twilio integration");
await using core = await startBenchCore(installation, twilio.url);
const options = { homeAssistant: core, twilioUrl: twilio.url, workDir };

const PARTS: readonly (readonly [name: string, measure: () => Promise<Row[]>])[] = [
  ["core", measureBesideCore],
  ["scripts", scripts],
  ["alarms", alarms],
  ["footprint", footprint],
  ["history", history],
  ["panel", () => measurePanel(options, say)],
  ["relay", () => measureRelay(options, say)],
];
/** The only part to measure. The results then stay in the terminal. */
const [only] = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of PARTS) if (only === undefined || only === name) rows.push(...(await measure()));
const table = toTable(rows);
process.stdout.write(`\n${table}\n\n`);
await rm(workDir, { recursive: true });
if (only === undefined) {
  await writeFile(
    join(import.meta.dirname, "RESULTS.md"),
    `# Measured\n\n${machine} By \`npm run build && npm run bench\`.\n\n${HOW}\n\n${table}\n`,
  );
  say("written to bench/RESULTS.md");
}

async function measureBesideCore(): Promise<Row[]> {
  say("how fast webhooks are answered");
  const { rows: answers, commitMs } = await measureAnswers(options, core);
  await using app = await startBundle(options);
  const rate = await measureRate({ app, core });
  using client = await connectClient(core);
  say("from Twilio's POST to the automation");
  const automation = await measureAutomation({ app, core, client });
  say("from the action to Twilio");
  const sending = await measureSending({ client, twilio, commitMs });
  say("while Core's loop is blocked, and while Core restarts");
  const outages = await measureOutages({ app, core });
  return [...answers, rate, ...outages, ...automation, ...sending];
}

/** Starts a new app, because the memory of the previous one has grown with a hundred thousand webhooks. */
async function scripts(): Promise<Row[]> {
  say("from a script's call to its response");
  await using app = await startBundle(options);
  using client = await connectClient(core);
  const calls = await measureScripts({ app, client });
  say("steps on calls that are held");
  return [...calls, ...(await measureTalk({ app, client }))];
}

async function alarms(): Promise<Row[]> {
  say("alarms");
  using client = await connectClient(core);
  const running = await measureAlarms({ options, client, twilio });
  return [...running, ...(await measureAlarmRestarts({ options, client, twilio }))];
}

async function footprint(): Promise<Row[]> {
  say("cold starts and memory");
  return [...(await measureFootprint(options)), await measureHealthCheck(options)];
}

async function history(): Promise<Row[]> {
  say("a long history");
  return await measureHistory(options, say);
}
