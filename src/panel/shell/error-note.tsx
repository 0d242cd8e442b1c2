import { errorText } from "../../domain/error-text.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";

/** An error in the page's language. Words that stay in English are marked as English. */
export function ErrorNote({ error, texts }: { readonly error: ReportedError; readonly texts: PanelTexts }) {
  const text = errorText(error, texts.errors);
  return <span {...(text === error.message ? { lang: "en" } : {})}>{text}</span>;
}
