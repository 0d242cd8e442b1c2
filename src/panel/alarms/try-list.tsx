import type { AlarmTry } from "../../alarms/alarm-try.ts";
import type { StoredAlarm } from "../../alarms/changes/change.ts";
import { maskNumber } from "../../domain/address/mask-number.ts";
import { errorText } from "../../domain/error-text.ts";
import { withCode } from "../../domain/reported-error.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { AppState } from "../shell/app-state.ts";
import { Time } from "../shell/time.tsx";

export interface TryListProps {
  readonly stored: StoredAlarm;
  readonly appState: AppState;
  readonly texts: PanelTexts;
}

/** Lists all calls, texts and pushes of an alarm, newest first, each with its outcome. */
export function TryList({ stored: { alarm, tries }, appState, texts }: TryListProps) {
  const { detail, channels, purposes } = texts.alarms;
  if (tries.length === 0) return <p>{detail.noTries}</p>;
  return (
    <ol class="history" id="alarm-tries-list">
      {tries.toReversed().map((made) => {
        const name = alarm.people.find(({ position }) => position === made.person)?.name ?? "";
        return (
          <li id={`try-${made.number}`}>
            <p>
              {purposes[made.purpose](channels[made.channel], name)} · {outcomeText(made, texts)}
            </p>
            {made.error === null ? null : <Why error={made.error} texts={texts} />}
            <p class="note">
              <Time at={made.at} appState={appState} texts={texts} /> · {detail.round(made.round)}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** Says why a call, text or push failed, in the page's language if the app has a sentence in it. */
function Why({
  error,
  texts,
}: {
  readonly error: NonNullable<AlarmTry["error"]>;
  readonly texts: PanelTexts;
}) {
  const message = errorText(error, texts.errors);
  return (
    <p class="why" {...(message === error.message ? { lang: "en" } : {})}>
      {maskNumber(withCode({ ...error, message, more_info: null }))}
    </p>
  );
}

function outcomeText(made: AlarmTry, { alarms: { outcomes } }: PanelTexts): string {
  if (made.passedAt !== null) return outcomes.passed;
  if (made.outcome !== null) return outcomes[made.outcome];
  if (made.answeredAt !== null) return outcomes.talking;
  return made.ringingAt === null ? outcomes.pending : outcomes.ringing;
}
