import type { Browser, Page } from "playwright-core";

import { PATIENCE_MS } from "../../patience.ts";
import type { BrowserHouse } from "./start-browser-house.ts";

export interface VisitOptions {
  readonly scheme?: "light" | "dark";
  /** The width of the window in CSS pixels. */
  readonly width?: number;
  /** The browser's language, BCP 47. */
  readonly language?: string;
  /** Whether the browser runs JavaScript. */
  readonly javaScript?: boolean;
}

/** A user who is logged in to Home Assistant and opens the panel. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** Faults of a page: errors, violations of the Content-Security-Policy, dialogs, failed requests. */
  readonly faults: readonly string[];
}

/** A browser window with a session for ingress. No page is open yet. */
export async function openVisit(
  browser: Browser,
  { supervisor, url }: BrowserHouse,
  { scheme = "light", width = 1280, language = "en-US", javaScript = true }: VisitOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: scheme,
    viewport: { width, height: width < 600 ? 740 : 900 },
    locale: language,
    javaScriptEnabled: javaScript,
    reducedMotion: "reduce",
  });
  const [name = "", value = ""] = supervisor.openIngressSession().split("=");
  await context.addCookies([{ name, value, url: new URL(url).origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => void faults.push(message));
  page.on("console", (message) => {
    // The browser requests the favicon from the root of the origin, which belongs to Home Assistant.
    if (message.location().url.endsWith("/favicon.ico")) return;
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("dialog", (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  return { page, faults, [Symbol.asyncDispose]: () => context.close() };
}
