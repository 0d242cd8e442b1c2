import { errorText } from "../../domain/error-text.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";

/**
 * Shows an error in the page's language. If the text exists only in English, the page marks it as English for screen
 * readers.
 */
export function ErrorNote({ error, texts }: { readonly error: ReportedError; readonly texts: PanelTexts }) {
  const text = errorText(error, texts.errors);
  return <span {...(text === error.message ? { lang: "en" } : {})}>{text}</span>;
}
