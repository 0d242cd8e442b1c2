import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, test } from "vitest";

import { entryKeyText } from "../../../src/domain/events/conversation.ts";
import type { HistoryEntry } from "../../../src/domain/events/history.ts";
import { messageTo } from "../../journal/conversation-rows.ts";
import { createTestActivity } from "../activity/create-test-activity.ts";
import { createTestPanel } from "../create-test-panel.ts";
import { HONEST_LINKS, HOSTILE_LINKS } from "../hostile-links.ts";

const ANNA = "+4915112345678";
const ALONE = { supervised: false, password: null };

const failed = (moreInfo: string): HistoryEntry => ({
  seq: 1,
  at: 1_000,
  type: "twilio_result",
  kind: null,
  state: "delivered",
  reason: null,
  maybeDelivered: false,
  ageUnverified: false,
  data: {
    command: "send_message",
    ok: false,
    recipients: [{ to: ANNA, error: errorWith(moreInfo) }],
  },
});

const errorWith = (moreInfo: string) => ({ code: "21211", message: "It failed.", more_info: moreInfo });

const resultWith = (moreInfo: string) => ({
  to: ANNA,
  sid: null,
  status: null,
  segments: null,
  answered_by: null,
  duration: null,
  error: errorWith(moreInfo),
});

type PageName = "activity" | "examples" | "test status" | "overview" | "entry" | "conversation";

/** Requests a page of a panel whose data contains `link` in place of each foreign address. */
function pageReader(name: PageName): (link: string) => Promise<string> {
  const activity = createTestActivity();
  const panel = createTestPanel(ALONE, "127.0.0.1", activity);
  const { commands, conversations } = panel.talk.store;
  let count = 0;

  return async function read(link) {
    count += 1;
    activity.history = [failed(link)];
    panel.setup.progress = { stage: "failed", to: "Alice", status: null, error: errorWith(link) };
    const id = `req_${count}`;
    const command = messageTo(id, ANNA, "Look", count);
    const deliveries = command.deliveries.map((one) => ({
      ...one,
      request: { ...one.request, mediaUrls: [link] },
    }));
    await commands.add({ ...command, deliveries } as typeof command, null);
    await commands.markDone(id, 0, resultWith(link));
    const entry = conversations.entries(ANNA, null, 1)[0];
    if (entry === undefined) throw new Error("the message is not in its conversation");
    const paths: Record<PageName, string> = {
      activity: "/activity",
      examples: "/examples",
      "test status": "/test-status?id=1",
      overview: "/?sent=1",
      entry: `/entry?key=${entryKeyText(entry.key)}`,
      conversation: `/conversation?with=${conversations.keyOf(ANNA)}`,
    };
    const response = await panel.ask({ path: paths[name] });
    expect(response.status).toBe(200);
    return await response.text();
  };
}

/** The `href` of each link, decoded like in a browser. */
function hrefsIn(html: string): string[] {
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) =>
    href.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
  );
}

const PAGES: readonly PageName[] = [
  "activity",
  "examples",
  "test status",
  "overview",
  "entry",
  "conversation",
];

/** The relative address of a page or file of the panel. */
const OWN_ADDRESS = /^(\.\/|[a-z-]+(\.css|\.csv|\.json|\.txt)?(\?[\w.*+%=&-]*)?(#\w+)?)$/;

test.each(PAGES)("the panel's page %s makes no link from a hostile URL in its data", async (name) => {
  const read = pageReader(name);
  for (const link of HOSTILE_LINKS) {
    const foreign = hrefsIn(await read(link)).filter((href) => !OWN_ADDRESS.test(href));
    expect(foreign, link).toEqual([]);
  }
});

const WITH_LINKS = PAGES.filter((name) => name !== "examples");

test.each(WITH_LINKS)(
  "the panel's page %s makes a link from a harmless URL in its data, which opens a new tab without access to the page",
  async (name) => {
    const read = pageReader(name);
    for (const link of HONEST_LINKS) {
      const html = await read(link);
      expect(hrefsIn(html)).toContain(link);
      const external = html.match(/<a [^>]*target[^>]*>/g) ?? [];
      expect(external).not.toEqual([]);
      for (const tag of external) expect(tag).toContain('target="_blank" rel="noopener noreferrer"');
    }
  },
);

describe("in the panel's source files", () => {
  const FILES = globSync("src/panel/**/*.{ts,tsx}", { cwd: join(import.meta.dirname, "../../..") })
    .filter((path) => basename(path) !== "safe-link.tsx")
    .map((path) => ({ path, text: readFileSync(join(import.meta.dirname, "../../..", path), "utf8") }));

  test("only the component SafeLink opens new tabs, and links to Home Assistant's own pages replace the page", () => {
    expect(
      FILES.filter(({ text }) => /\b(target="(?!_top")|target=\{|rel="no|_blank)/.test(text)).map(
        ({ path }) => path,
      ),
    ).toEqual([]);
  });

  /**
   * Each begins with the name of a page of ours, so that nothing in it can name another scheme or host. `address` is
   * where the app serves a file, and the links between the pages are given literals.
   */
  const OWN = [
    /^`[a-z-]+\?/,
    /^pageAddress\("/,
    /^`\$\{pageAddress\("/,
    /^`?(\$\{)?here\(/,
    /^address\}/,
    /^to\} \{\.\.\.\(name === current/,
    // Pages of Home Assistant, from constants and from the app's own host name.
    /^callPage\}/,
    /^path\} target="_top"/,
    /^HOME_PAGES\[to\]\} target="_top"/,
  ];

  test("every other link that is made from data leads to a page of the panel or of Home Assistant", () => {
    const links = FILES.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:href|src|action|formaction)=\{\s*([^\n]*)/gi)].map(([, code = ""]) => ({
        path,
        code,
      })),
    );
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(({ code }) => !OWN.some((form) => form.test(code)))).toEqual([]);
    const ofFiles = FILES.find(({ path }) => basename(path) === "entry-item.tsx")?.text;
    expect(ofFiles).toContain('const address = pageAddress("media"');
  });

  test("no markup except the style sheet bypasses the escaping of JSX", () => {
    const raw = /dangerouslySetInnerHTML|\braw\(|\.innerHTML|insertAdjacentHTML|document\.write/;
    // The style sheet is part of the bundle, and its hash is in the pages' policy.
    const styles = join("src", "panel", "shell", "inline-style.tsx");
    expect(FILES.filter(({ text }) => raw.test(text)).map(({ path }) => path)).toEqual([styles]);
  });
});
