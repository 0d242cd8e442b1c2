import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "./app-state.ts";
import { SafeLink } from "./safe-link.tsx";

/** Paths of pages in Home Assistant. Source: the paths of its frontend. */
const HOME_PAGES = {
  scripts: "/config/script/dashboard",
  coreTwilio: "/config/integrations/integration/twilio",
  network: "/config/network",
} as const;

/** URLs of pages in the Twilio Console. */
const CONSOLE_PAGES = {
  start: "https://console.twilio.com/",
  buyNumber: "https://console.twilio.com/us1/develop/phone-numbers/manage/search",
} as const;

export interface HomeLinkProps {
  readonly to: keyof typeof HOME_PAGES;
  readonly appState: Pick<AppState, "isInHomeAssistant">;
  readonly children?: Child;
}

/**
 * Shows a link to a page of Home Assistant. The link opens outside of the frame in which Home Assistant shows the
 * panel. Without Supervisor, the panel has another host than Home Assistant, so nothing is shown.
 */
export function HomeLink({ to, appState, children }: HomeLinkProps) {
  return appState.isInHomeAssistant ? (
    <a href={HOME_PAGES[to]} target="_top">
      {children}
    </a>
  ) : (
    <></>
  );
}

export interface ConsoleLinkProps {
  readonly to?: keyof typeof CONSOLE_PAGES;
  readonly texts: PanelTexts;
}

/** Shows a link to a page of the Twilio Console, which opens in a new tab. */
export function ConsoleLink({ to = "start", texts }: ConsoleLinkProps) {
  return <SafeLink to={CONSOLE_PAGES[to]}>{texts.links.console[to]}</SafeLink>;
}
