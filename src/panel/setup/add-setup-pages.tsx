import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { OverviewPage } from "../overview-page.tsx";
import type { PageContext } from "../page-context.ts";
import { textsFor } from "../texts/texts-for.ts";
import { Checklist } from "./checklist.tsx";
import { NumberPage } from "./number-page.tsx";
import type { NumberChange, SetupParts, TestSend } from "./setup-parts.ts";
import { SETUP_SCRIPT } from "./setup-script.ts";
import { TestStatus } from "./test-status.tsx";

type Env = { Bindings: HttpBindings };

/** Twilio's limit of a message's text. */
const LONGEST_TEXT = 1600;
const LONGEST_RECIPIENT = 200;

/** The first page and what it leads to. */
export function addSetupPages(pages: Hono<Env>, options: PageContext & SetupParts): void {
  const { facts, changeToken, now, setup } = options;

  pages.get("/", (c) => c.html(overview(c.req.query("sent") ?? null, false)));
  pages.get("/setup.js", (c) =>
    c.body(SETUP_SCRIPT, 200, { "Content-Type": "text/javascript; charset=utf-8" }),
  );
  pages.get("/checklist", async (c) => {
    const checks = await setup.checks.answer();
    const shown = facts();
    const texts = textsFor(shown.homeAssistant.language);
    return c.html(<Checklist facts={shown} checks={checks} notifiers={setup.notifiers()} texts={texts} />);
  });

  pages.get("/number", async (c) => await numberPage(c, c.req.query("sid") ?? "", null));
  pages.post("/number", async (c) => {
    const { sid, seen, action } = await fieldsOf(c);
    const change = action === "put_back" ? setup.numbers.putBack : setup.numbers.setUp;
    const changed = await change(sid ?? "", seen ?? "");
    setup.checks.forget();
    return await numberPage(c, sid ?? "", changed);
  });

  pages.post("/test", async (c) => {
    const test = testOf(await fieldsOf(c));
    if (test === null) return c.html(overview(null, true), 400);
    return c.redirect(`./?sent=${encodeURIComponent(setup.test.send(test))}#test`, 303);
  });
  pages.get("/test-status", (c) => {
    const texts = textsFor(facts().homeAssistant.language);
    return c.html(<TestStatus progress={setup.test.progress(c.req.query("id") ?? "")} texts={texts} />);
  });

  function overview(sentId: string | null, isFaulty: boolean) {
    const page = (
      <OverviewPage
        facts={facts()}
        at={now()}
        setup={setup}
        changeToken={changeToken}
        sentId={sentId}
        isFaulty={isFaulty}
      />
    );
    return html`<!doctype html>${page}`;
  }

  async function numberPage(c: Context<Env>, sid: string, change: NumberChange | null) {
    const answer = await setup.numbers.plan(sid);
    const { appVersion, homeAssistant, publicAddress } = facts();
    const hasAddress = publicAddress !== null;
    const texts = textsFor(homeAssistant.language);
    const page = <NumberPage {...{ answer, change, hasAddress, changeToken, appVersion, texts }} />;
    return c.html(html`<!doctype html>${page}`, answer.kind === "absent" ? 404 : 200);
  }
}

async function fieldsOf(c: Context<Env>): Promise<Readonly<Record<string, string | undefined>>> {
  const form = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
  );
}

/** Null where something lacks. */
function testOf(fields: Readonly<Record<string, string | undefined>>): TestSend | null {
  const { kind } = fields;
  const to = fields["to"]?.trim() ?? "";
  const text = fields["text"]?.replaceAll("\r\n", "\n").trim() ?? "";
  if (kind !== "message" && kind !== "call") return null;
  if (to === "" || to.length > LONGEST_RECIPIENT || text === "" || text.length > LONGEST_TEXT) return null;
  return { kind, to, text };
}
