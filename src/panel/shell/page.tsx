import type { Child } from "hono/jsx";

import type { PanelTexts } from "../../texts/en/panel.ts";

export type PageName = "overview" | "conversations" | "activity" | "examples";

export interface PageProps {
  readonly texts: PanelTexts;
  readonly current: PageName;
  /** The title, if it differs from the page's name in the navigation. */
  readonly title?: string;
  readonly appVersion: string;
  readonly children?: Child;
}

/** The frame of every page. All URLs are relative, because ingress puts its own path before them. */
export function Page({ texts, current, title = texts.pages[current], appVersion, children }: PageProps) {
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${texts.title}`}</title>
        <link rel="stylesheet" href="style.css" />
        <script src="script.js" defer></script>
      </head>
      <body>
        <header>
          <p class="app">{texts.title}</p>
          <p>{texts.version(appVersion)}</p>
          <nav aria-label={texts.pages.label}>
            <PageLink to="./" name="overview" texts={texts} current={current} />
            <PageLink to="conversations" name="conversations" texts={texts} current={current} />
            <PageLink to="activity" name="activity" texts={texts} current={current} />
            <PageLink to="examples" name="examples" texts={texts} current={current} />
          </nav>
        </header>
        <main>
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
}: {
  readonly to: string;
  readonly name: PageName;
  readonly texts: PanelTexts;
  readonly current: PageName;
}) {
  return (
    <a href={to} {...(name === current ? { "aria-current": "page" } : {})}>
      {texts.pages[name]}
    </a>
  );
}
