import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { Browser } from "playwright-core";

import { findChromium } from "../test/panel/browser/find-chromium.ts";
import { launchChromium } from "../test/panel/browser/launch-chromium.ts";
import { fillJournal } from "./fill-journal.ts";
import { cpuPercent } from "./process-cpu.ts";
import { ALONE, ms, type Row } from "./row.ts";
import { type BundleOptions, type RunningBundle, startBundle } from "./start-bundle.ts";
import { median } from "./statistics.ts";

const ROWS = 100_000;
const VISITS = 9;
const IDLE_MS = 60_000;
const SCRIPTS_MS = 500;
const MOST_PAINT_MS = 75;
const MOST_KB = 60;
const MOST_PERCENT = 0.5;

/** One visit: the time until the first paint of content, in milliseconds, and the transferred bytes. */
interface Visit {
  readonly paintMs: number;
  readonly bytes: number;
}

type Look = (url: string) => Promise<Visit>;

/** Measures the panel's pages with a long history. Core's integration has no page. */
export async function measurePanel(options: BundleOptions, say: (line: string) => void): Promise<Row[]> {
  const dataDir = await mkdtemp(join(options.workDir, "app-"));
  try {
    const made = await startBundle({ ...options, dataDir });
    await made[Symbol.asyncDispose]();
    fillJournal(made.journal, ROWS);
    await using app = await startBundle({ ...options, dataDir });
    const chromium = findChromium();
    if (chromium === null) {
      say("the panel's pages, without a browser: there is no Chromium");
      return await visits(app, fetchWhole, "to the whole page, no browser");
    }
    const browser = await launchChromium(chromium);
    try {
      say("the panel's pages in Chromium");
      const look: Look = (url) => lookIn(browser, url);
      const empty = ms(await medianPaint(look, `${app.panelUrl}health`));
      const rows = await visits(app, look, `first paint (an almost empty page's: ${empty})`);
      say(`open pages that nobody touches, for ${IDLE_MS / 1000} s`);
      return [...rows, await idle(app, browser)];
    } finally {
      await browser.close();
    }
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

/** The name and URL of each page. */
async function pagesOf({ panelUrl }: RunningBundle): Promise<Readonly<Record<string, string>>> {
  const list = await (await fetch(`${panelUrl}conversations`)).text();
  const [, conversation] = /href="(conversation\?[^"#]*)/.exec(list) ?? [];
  if (conversation === undefined) throw new Error("the history has no conversation");
  return {
    "set up": panelUrl,
    conversations: `${panelUrl}conversations`,
    conversation: panelUrl + conversation.replaceAll("&amp;", "&"),
    activity: `${panelUrl}activity`,
    examples: `${panelUrl}examples`,
  };
}

async function medianPaint(look: Look, url: string): Promise<number> {
  const paints: number[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) paints.push((await look(url)).paintMs);
  return median(paints);
}

async function visits(app: RunningBundle, look: Look, what: string): Promise<Row[]> {
  const paints: [string, number][] = [];
  const bytes: [string, number][] = [];
  for (const [name, url] of Object.entries(await pagesOf(app))) {
    await look(url);
    const repeated: Visit[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) repeated.push(await look(url));
    paints.push([name, median(repeated.map(({ paintMs }) => paintMs))]);
    bytes.push([name, Math.max(...repeated.map((visit) => visit.bytes)) / 1000]);
  }
  const slowest = Math.max(...paints.map(([, value]) => value));
  const heaviest = Math.max(...bytes.map(([, value]) => value));
  const all = (values: readonly [string, number][], unit: (value: number) => string): string =>
    values.map(([name, value]) => `${name} ${unit(value)}`).join(", ");
  return [
    {
      figure: `panel with ${ROWS.toLocaleString("en")} rows of history, ${what}, median`,
      app: all(paints, ms),
      ...ALONE,
      goal: `≤ ${MOST_PAINT_MS} ms`,
      met: slowest <= MOST_PAINT_MS,
    },
    {
      figure: "panel, transferred on the first visit",
      app: all(bytes, (value) => `${value.toFixed(0)} kB`),
      ...ALONE,
      goal: `≤ ${MOST_KB} kB`,
      met: heaviest <= MOST_KB,
    },
  ];
}

/** A visit without a cache, in a browser that is already running, like the one that shows Home Assistant. */
async function lookIn(browser: Browser, url: string): Promise<Visit> {
  await using context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(new URL("/health", url).href);
  const network = await context.newCDPSession(page);
  let bytes = 0;
  network.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await network.send("Network.enable");
  await page.goto(url);
  const paintMs = await page.evaluate<number>(`new Promise((resolve) => {
    new PerformanceObserver((list) => {
      for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") resolve(startTime);
    }).observe({ type: "paint", buffered: true });
  })`);
  // Requests of the page's scripts do not count. A page with live updates is never finished.
  await delay(SCRIPTS_MS);
  return { paintMs, bytes };
}

/** A visit without a browser: the time until the page's HTML has arrived. */
async function fetchWhole(url: string): Promise<Visit> {
  const startedAt = performance.now();
  const response = await fetch(url);
  const bytes = (await response.arrayBuffer()).byteLength;
  return { paintMs: performance.now() - startedAt, bytes };
}

/** Two open pages: one polls, the other waits for events. */
async function idle(app: RunningBundle, browser: Browser): Promise<Row> {
  await using context = await browser.newContext();
  const pages = await pagesOf(app);
  for (const name of ["set up", "conversation"]) await (await context.newPage()).goto(pages[name] ?? "");
  const percent = await cpuPercent(app.pid, IDLE_MS);
  return {
    figure: `CPU of one core over ${IDLE_MS / 1000} s with two idle pages open`,
    app: `${percent.toFixed(2)} %`,
    ...ALONE,
    goal: `≤ ${MOST_PERCENT} %`,
    met: percent <= MOST_PERCENT,
  };
}
