import type { PanelTexts } from "../../texts/en/panel.ts";
import type { ActivityPorts } from "./ports.ts";

export interface DayCardProps {
  readonly usedLimits: { readonly messages: number; readonly calls: number };
  readonly limits: ActivityPorts["activity"]["limits"];
  readonly texts: PanelTexts;
}

interface BarProps {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly limit: number;
  /** The text that is shown if the limit is reached. */
  readonly limitReached: string;
}

/** Shows how much of the daily limits for messages and calls has been used. */
export function DayCard({ usedLimits, limits, texts }: DayCardProps) {
  const { day } = texts.activity;
  return (
    <section class="card" aria-labelledby="day">
      <h2 id="day">{day.title}</h2>
      <div id="day-bars" data-live="">
        <Bar
          id="day-messages"
          name={day.messages}
          count={usedLimits.messages}
          limit={limits.messagesPerDay}
          limitReached={limits.messagesPerDay === 0 ? day.noMessages : day.messagesReached}
        />
        <Bar
          id="day-calls"
          name={day.calls}
          count={usedLimits.calls}
          limit={limits.callsPerDay}
          limitReached={limits.callsPerDay === 0 ? day.noCalls : day.callsReached}
        />
      </div>
      <p class="note">{day.note}</p>
    </section>
  );

  function Bar({ id, name, count, limit, limitReached }: BarProps) {
    const text = day.of(count, limit);
    return (
      <div class="bar">
        <p>
          <label for={id}>{name}</label> <span>{text}</span>
        </p>
        <progress id={id} value={Math.min(count, limit)} max={Math.max(limit, 1)}>
          {text}
        </progress>
        {count >= limit ? <p class="note">{limitReached}</p> : null}
      </div>
    );
  }
}
