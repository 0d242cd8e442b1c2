import { ACTIVITY_STYLE } from "../activity/activity-style.ts";
import { SETUP_STYLE } from "../setup/setup-style.ts";

/** Home Assistant's look, in its own colours of 2026: no theme of the user reaches into an app's page. */
export const PAGE_STYLE = `
:root {
  --background: #fafafa;
  --card: #ffffff;
  --text: #141414;
  --secondary: #5e5e5e;
  --divider: #e0e0e0;
  --field: #f3f3f3;
  --accent: #006787;
  --on-accent: #ffffff;
  --good: #2e7d32;
  --waiting: #b26a00;
  --attention: #c62828;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #111111;
    --card: #1c1c1c;
    --text: #e1e1e1;
    --secondary: #a5a5a5;
    --divider: #343434;
    --field: #282828;
    --accent: #37c8fd;
    --on-accent: #00202b;
    --good: #66bb6a;
    --waiting: #ffb74d;
    --attention: #ef7d75;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 16px;
  max-width: 680px;
  background: var(--background);
  color: var(--text);
  font: 400 16px/1.5 Roboto, "Noto Sans", system-ui, sans-serif;
  -webkit-text-size-adjust: 100%;
  text-size-adjust: 100%;
}
header {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: 0 16px;
  padding: 4px 4px 16px;
}
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; width: 100%; padding-top: 8px; }
nav a { padding: 6px 0; color: var(--secondary); text-decoration: none; border-bottom: 2px solid transparent; }
nav a:hover { color: var(--text); }
nav a[aria-current] { color: var(--accent); border-color: var(--accent); }
h1, header .app { margin: 0; font-size: 24px; font-weight: 400; line-height: 32px; color: var(--text); }
h1 { margin: 0 0 12px; padding: 0 4px; overflow-wrap: anywhere; }
.card > :last-child { margin-bottom: 0; }
h2 { margin: 0 0 8px; font-size: 20px; font-weight: 400; line-height: 28px; }
header p:not(.app), .note, .as-of { margin: 0; color: var(--secondary); font-size: 14px; }
p { margin: 0 0 12px; }
.card {
  margin-bottom: 16px;
  padding: 16px;
  background: var(--card);
  border: 1px solid var(--divider);
  border-radius: 12px;
}
dl { margin: 0; }
.row {
  display: grid;
  grid-template-columns: 24px minmax(0, 2fr) minmax(0, 3fr);
  gap: 0 16px;
  padding: 12px 0;
  border-top: 1px solid var(--divider);
}
.row:first-child { border-top: 0; }
.row:last-child { padding-bottom: 0; }
.row svg { width: 24px; height: 24px; fill: var(--secondary); }
.row.good svg { fill: var(--good); }
.row.waiting svg { fill: var(--waiting); }
.row.attention svg { fill: var(--attention); }
dt { font-weight: 500; }
dd { margin: 0; overflow-wrap: anywhere; }
dd.note { grid-column: 3; }
.count.over { color: var(--attention); font-weight: 500; }
code { font: 14px/1.5 "Roboto Mono", ui-monospace, monospace; }
.copy-field label { display: block; margin-bottom: 4px; color: var(--secondary); font-size: 14px; }
.copy-field div { display: flex; gap: 8px; }
input {
  flex: 1;
  min-width: 0;
  padding: 10px 12px;
  background: var(--field);
  color: inherit;
  border: 0;
  border-bottom: 1px solid var(--secondary);
  border-radius: 4px 4px 0 0;
  font: 15px/1.4 "Roboto Mono", ui-monospace, monospace;
  text-overflow: ellipsis;
}
button {
  padding: 0 20px;
  min-height: 40px;
  background: var(--accent);
  color: var(--on-accent);
  border: 0;
  border-radius: 20px;
  font: inherit;
  font-size: 14px;
  font-weight: 500;
  cursor: pointer;
}
button:hover { filter: brightness(1.1); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
[hidden] { display: none; }
.as-of { padding: 0 4px; }
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (max-width: 480px) {
  .row { grid-template-columns: 24px minmax(0, 1fr); }
  .row > dd { grid-column: 2; }
  .copy-field div { flex-wrap: wrap; }
  input { flex-basis: 100%; }
  dt { color: var(--secondary); font-size: 14px; font-weight: 400; }
}
${SETUP_STYLE}${ACTIVITY_STYLE}/* Conversations */
.search { display: flex; gap: 8px; margin-bottom: 12px; }
.search input { flex: 1; flex-basis: 0; font-family: inherit; }
.search button { flex: none; margin: 0; }
.conversations { margin: 0; padding: 0; list-style: none; }
.conversations li { border-top: 1px solid var(--divider); }
.conversations li:first-child { border-top: 0; }
.conversations a {
  display: grid;
  grid-template-columns: minmax(0, 1fr) auto;
  gap: 0 16px;
  padding: 12px 4px;
  color: inherit;
  text-decoration: none;
}
.conversations a:hover { background: var(--field); }
.conversations .who { overflow: hidden; font-weight: 500; text-overflow: ellipsis; white-space: nowrap; }
.conversations .when, .conversations .ours { color: var(--secondary); font-size: 14px; }
.conversations .last {
  grid-column: 1 / -1;
  overflow: hidden;
  color: var(--secondary);
  text-overflow: ellipsis;
  white-space: nowrap;
}
.failed > .told, .conversations .failed, .why { color: var(--attention); }
.conversations .failed { font-weight: 500; }
.back { padding: 0 4px; }
.entries { display: flex; flex-direction: column; gap: 8px; margin: 16px 0 0; padding: 0; list-style: none; }
.entry {
  align-self: flex-start;
  max-width: 85%;
  padding: 8px 12px;
  background: var(--field);
  border: 1px solid transparent;
  border-radius: 12px 12px 12px 2px;
  overflow-wrap: anywhere;
}
.entry.out {
  align-self: flex-end;
  background: color-mix(in srgb, var(--accent) 14%, var(--card));
  border-radius: 12px 12px 2px 12px;
}
.entry.failed { border-color: var(--attention); }
.entry p { margin: 0; }
.entry .text { white-space: pre-wrap; }
.entry .call { font-weight: 500; }
.entry .told { color: var(--secondary); font-size: 13px; }
.entry .why, .fields .why { margin: 4px 0; font-size: 14px; }
.entry figure { margin: 8px 0; }
.entry figcaption { color: var(--secondary); font-size: 14px; }
.entry audio, .entry video { display: block; width: 480px; max-width: 100%; margin: 4px 0; }
.entry .picture { display: block; margin: 4px 0; }
.entry img { display: block; max-width: 100%; max-height: 320px; min-height: 24px; border-radius: 8px; }
.entry-facts > div { padding: 8px 0; border-top: 1px solid var(--divider); }
.entry-facts > div:first-child { border-top: 0; }
.entry-facts dt { color: var(--secondary); font-size: 14px; font-weight: 400; }
@media (max-width: 480px) {
  .search input { flex-basis: 0; }
  .entry { max-width: 95%; }
  .conversations a { grid-template-columns: minmax(0, 1fr); }
}
`;
