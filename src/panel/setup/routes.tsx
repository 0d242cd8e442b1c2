import type { Context, Hono } from "hono";
import { html } from "hono/html";

import type { ReportedError } from "../../domain/reported-error.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { ChangeResult } from "../../setup/number-webhooks.ts";
import { textsFor } from "../../texts/texts-for.ts";
import type { PageContext } from "../shell/app-state.ts";
import { obstacleRow } from "./check-rows.tsx";
import { NumberPage } from "./number-page.tsx";
import { OverviewPage } from "./overview-page.tsx";
import type { SetupPorts, SubmittedTest } from "./ports.ts";
import { Checklist } from "./status-card.tsx";
import { isCompleteTest } from "./test-fault.ts";
import { TestStatus } from "./test-status.tsx";

type Env = { Bindings: RequestBindings };

/** Adds the page Setup, the pages of the numbers, and the routes of their forms. */
export function addSetupRoutes(pages: Hono<Env>, options: PageContext & SetupPorts): void {
  const { appState, changeToken, clock, chance, setup } = options;

  /**
   * Twilio's last error about changing a number, by the number's SID. The error is kept here because it is too long for
   * the page's URL.
   */
  const failures = new Map<string, ReportedError>();

  pages.get("/", (c) => c.html(overview(c, c.req.query("sent") ?? null, null)));
  pages.get("/checklist", async (c) => {
    const checks = await setup.checks.fresh();
    const shown = appState(c);
    const texts = textsFor(shown.language);
    const notifiers = setup.notifiers();
    const relayState = setup.relayState();
    const polling = setup.polling.state();
    const shownParts = { checks, notifiers, polling, relayState, changeToken, texts };
    return c.html(<Checklist appState={shown} {...shownParts} />);
  });

  pages.get("/number", async (c) => {
    const sid = c.req.query("sid") ?? "";
    return await numberPage(c, sid, changeOf(c.req.query("done"), failures.get(sid)));
  });
  pages.post("/number", async (c) => {
    const { sid = "", snapshot = "", action } = await fieldsOf(c);
    const change = action === "restore" ? setup.numbers.restore : setup.numbers.setUp;
    const changed = await change(sid, snapshot);
    if (changed.kind === "failed") failures.set(sid, changed.error);
    setup.checks.invalidate();
    // Because of the redirect, reloading the page does not submit the form again.
    return c.redirect(`number?${new URLSearchParams({ sid, done: changed.kind }).toString()}`, 303);
  });

  pages.post("/polling", async (c) => {
    const { address = "", choice } = await fieldsOf(c);
    const isKnown = setup.polling.state()?.numbers.some(({ number }) => number.address === address) === true;
    if (isKnown && (choice === "on" || choice === "off")) await setup.polling.choose(address, choice);
    return c.redirect("./", 303);
  });

  pages.post("/discard-address", (c) => {
    setup.discardAddress();
    setup.checks.invalidate();
    return c.redirect("./", 303);
  });

  pages.post("/test", async (c) => {
    const fields = await fieldsOf(c);
    const test = testOf(fields);
    if (!isCompleteTest(test, textsFor(appState(c).language).setup.test))
      return c.html(overview(c, null, test), 400);
    const id = setup.test.send(test, fields["idempotency_key"] ?? "");
    return c.redirect(`./?sent=${encodeURIComponent(id)}#test`, 303);
  });
  pages.get("/test-status", (c) => {
    const texts = textsFor(appState(c).language);
    return c.html(<TestStatus progress={setup.test.progress(c.req.query("id") ?? "")} texts={texts} />);
  });

  function overview(c: Context<Env>, sentId: string | null, invalidTest: SubmittedTest | null) {
    const page = (
      <OverviewPage
        appState={appState(c)}
        at={clock.now()}
        setup={setup}
        changeToken={changeToken}
        sentId={sentId}
        invalidTest={invalidTest}
        idempotencyKey={chance.bytes(16).toString("base64url")}
      />
    );
    return html`<!doctype html>${page}`;
  }

  async function numberPage(c: Context<Env>, sid: string, change: ChangeResult | null) {
    const answer = await setup.numbers.plan(sid);
    const shown = appState(c);
    const isAddressRefused = shown.optionProblems.refused.includes("public_url");
    const base = shown.publicAddress?.base ?? null;
    const texts = textsFor(shown.language);
    const hasNewSettings = answer.kind === "found" && answer.plan.newSettings !== null;
    const obstacle = hasNewSettings ? obstacleRow(await setup.checks.fresh(), shown, texts) : null;
    const page = (
      <NumberPage
        {...{ answer, change, base, isAddressRefused, obstacle, changeToken, appState: shown, texts }}
      />
    );
    return c.html(html`<!doctype html>${page}`, answer.kind === "absent" ? 404 : 200);
  }
}

async function fieldsOf(c: Context<Env>): Promise<Readonly<Record<string, string | undefined>>> {
  const form = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
  );
}

/**
 * Reads the outcome of a change to a number's settings from `done` in the page's URL. Returns null for an unknown
 * value.
 */
function changeOf(done: string | undefined, failure: ReportedError | undefined): ChangeResult | null {
  switch (done) {
    case "done":
    case "changed":
    case "on_trunk":
    case "absent":
    case "refused":
    case "away":
      return { kind: done };
    case "failed":
      return failure === undefined ? null : { kind: "failed", error: failure };
    case undefined:
    default:
      return null;
  }
}

function testOf(fields: Readonly<Record<string, string | undefined>>): SubmittedTest {
  const to = fields["to"]?.trim() ?? "";
  const text = fields["text"]?.replaceAll("\r\n", "\n").trim() ?? "";
  return { kind: fields["kind"], to, text };
}
