import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";
import { AlarmCards } from "./alarm-cards.tsx";
import type { AppState } from "./app-state.ts";
import { InlineStyle } from "./inline-style.tsx";

export type PageName = "overview" | "conversations" | "alarms" | "activity" | "examples";

export interface PageProps {
  readonly texts: PanelTexts;
  readonly current: PageName;
  /** The title, if it differs from the page's name in the navigation. */
  readonly title?: string;
  readonly appState: AppState;
  readonly children?: Child;
}

/**
 * Shows the frame of every page: the navigation and the alarms in progress. All URLs are relative, because Home
 * Assistant's ingress puts its own path before them.
 */
export function Page(props: PageProps) {
  const { texts, current, title = texts.pages[current], appState, children } = props;
  const { appVersion, unread } = appState;
  const count = unread === 0 ? "" : `(${unreadCount(unread)}) `;
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${count}${title} · ${texts.title}`}</title>
        <InlineStyle />
        <script src="script.js" defer></script>
        <script src="live.js" defer></script>
      </head>
      <body data-revision={appState.revision}>
        <header>
          <p class="app">{texts.title}</p>
          <p>{texts.version(appVersion)}</p>
          <nav aria-label={texts.pages.label}>
            <PageLink to="./" name="overview" texts={texts} current={current} />
            <PageLink to="conversations" name="conversations" texts={texts} current={current}>
              <UnreadBadge count={unread} texts={texts} />
            </PageLink>
            <PageLink to="alarms" name="alarms" texts={texts} current={current} />
            <PageLink to="activity" name="activity" texts={texts} current={current} />
            <PageLink to="examples" name="examples" texts={texts} current={current} />
          </nav>
        </header>
        <main>
          <AlarmCards appState={appState} texts={texts} />
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

function PageLink({
  to,
  name,
  texts,
  current,
  children,
}: {
  readonly children?: Child;
  readonly to: string;
  readonly name: PageName;
  readonly texts: PanelTexts;
  readonly current: PageName;
}) {
  return (
    <a href={to} {...(name === current ? { "aria-current": "page" } : {})}>
      {texts.pages[name]}
      {children}
    </a>
  );
}

/** Shows how much is unread. The badge is in the page even if nothing is unread, so that a refresh can update it. */
function UnreadBadge({ count, texts }: { readonly count: number; readonly texts: PanelTexts }) {
  return (
    <span id="unread">
      {count === 0 ? null : (
        <>
          {" "}
          <span class="badge" aria-hidden="true">
            {unreadCount(count)}
          </span>
          <span class="unseen">{texts.conversations.unread(count)}</span>
        </>
      )}
    </span>
  );
}

/** Writes the number of unread entries, such as `7`. Writes `99+` for more than 99 entries. */
export function unreadCount(count: number): string {
  return count > 99 ? "99+" : String(count);
}
