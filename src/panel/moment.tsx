import { formatTime } from "./format-time.ts";
import type { PanelFacts } from "./panel-facts.ts";
import type { PanelTexts } from "./texts/panel-texts.ts";

export interface MomentProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly facts: PanelFacts;
  readonly texts: PanelTexts;
}

/** A time for people and for machines. */
export function Moment({ at, facts, texts }: MomentProps) {
  const { timeZone } = facts.homeAssistant;
  const format = { language: languageOf(facts, texts), otherwise: texts.language, timeZone };
  return <time datetime={new Date(at).toISOString()}>{formatTime(at, format)}</time>;
}

/** Home Assistant's own, with its country, where the page speaks it. */
function languageOf({ homeAssistant: { language } }: PanelFacts, texts: PanelTexts): string {
  return language.split("-")[0]?.toLowerCase() === texts.language ? language : texts.language;
}
