import type { Context, Hono } from "hono";
import { html } from "hono/html";

import { errorText } from "../../domain/error-text.ts";
import { isObject } from "../../domain/payload/is-object.ts";
import type { RequestBindings } from "../../domain/transport.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { textsFor } from "../../texts/texts-for.ts";
import { userName } from "../server/user-name.ts";
import { AlarmCards } from "../shell/alarm-cards.tsx";
import type { PageContext } from "../shell/app-state.ts";
import { pageAddress } from "../shell/page-address.ts";
import { AlarmPage } from "./alarm-page.tsx";
import type { AlarmPageProps } from "./alarm-page.tsx";
import { AlarmsPage } from "./alarms-page.tsx";
import { MOST_DRILL_CHARACTERS } from "./drill-card.tsx";
import type { SubmittedDrill } from "./drill-card.tsx";
import type { AlarmsPorts } from "./ports.ts";

type Env = { Bindings: RequestBindings };

/** How many alarms the page Alarms shows. */
const MOST_ALARMS = 20;

/**
 * Adds the page Alarms, the page of each alarm, and the routes of their buttons. The buttons take an alarm, stop it, or
 * start a drill (a test alarm).
 */
export function addAlarmRoutes(pages: Hono<Env>, options: PageContext & AlarmsPorts): void {
  const { appState, alarms } = options;

  pages.get("/alarms", (c) => alarmsPage(c, null));

  pages.get("/alarm-cards", (c) => {
    const shown = appState(c);
    return c.html(<AlarmCards appState={shown} texts={textsFor(shown.language)} />);
  });

  pages.get("/alarm", (c) => {
    const shown = appState(c);
    const stored = alarms.alarmProtocol(c.req.query("id") ?? "");
    const page = (
      <AlarmPage
        stored={stored}
        done={doneOf(c.req.query("done"))}
        appState={shown}
        texts={textsFor(shown.language)}
      />
    );
    return c.html(html`<!doctype html>${page}`, stored === null ? 404 : 200);
  });

  pages.post("/alarm", async (c) => {
    const { id, action } = await c.req.parseBody();
    if (typeof id !== "string") return c.redirect("alarms", 303);
    // Because of the redirect, reloading the page does not submit the form again.
    return c.redirect(pageAddress("alarm", { id, ...(await press(c, id, action)) }), 303);
  });

  pages.post("/drill", async (c) => {
    const { person, message } = await c.req.parseBody({ all: true });
    const drill: SubmittedDrill = {
      people: [person ?? []].flat().filter((name) => typeof name === "string"),
      message: typeof message === "string" ? message.trim().slice(0, MOST_DRILL_CHARACTERS) : "",
    };
    const texts = textsFor(appState(c).language);
    const { startDrill: said } = texts.alarms;
    if (drill.people.length === 0) return alarmsPage(c, { drill, reason: said.noneChosen });
    if (drill.message === "") return alarmsPage(c, { drill, reason: said.emptyMessage });
    const result = await alarms.startDrill(drill.people, drill.message);
    const { id, error } = result;
    if (typeof id === "string") return c.redirect(pageAddress("alarm", { id }), 303);
    return alarmsPage(c, { drill, reason: `${said.failed} ${reasonOf(error, texts)}`.trim() });
  });

  async function press(c: Context<Env>, id: string, action: unknown): Promise<{ readonly done?: string }> {
    if (action === "take") return { done: await alarms.take(id, userName(c) ?? UNNAMED_USER) };
    if (action === "stop") return { done: (await alarms.stop(id)) ? "stopped" : "over" };
    return {};
  }

  function alarmsPage(c: Context<Env>, refused: { drill: SubmittedDrill; reason: string } | null) {
    const shown = appState(c);
    const page = (
      <AlarmsPage
        recent={alarms.recentAlarms(MOST_ALARMS)}
        reach={alarms.reach()}
        contacts={alarms.contacts()}
        refused={refused}
        appState={shown}
        texts={textsFor(shown.language)}
      />
    );
    return c.html(html`<!doctype html>${page}`, refused === null ? 200 : 400);
  }
}

/** The name that is stored if a user whose name is unknown takes an alarm on this page. */
const UNNAMED_USER = "Home Assistant";

/** The sentence about the error of a `twilio_result`. */
function reasonOf(error: unknown, { errors }: PanelTexts): string {
  if (!isObject(error)) return "";
  const { code, message } = error;
  return typeof code === "string" && typeof message === "string" ? errorText({ code, message }, errors) : "";
}

/** Reads the result of a button from `done` in the page's URL. Returns null for an unknown value. */
function doneOf(done: string | undefined): AlarmPageProps["done"] {
  switch (done) {
    case "taken":
    case "confirmed":
    case "other":
    case "over":
    case "stopped":
      return done;
    case undefined:
    default:
      return null;
  }
}
