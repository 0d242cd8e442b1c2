import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";

/** A drill (a test alarm) as the user typed it into the form, complete or not. */
export interface SubmittedDrill {
  readonly people: readonly string[];
  readonly message: string;
}

/** The most characters of a drill's message. */
export const MOST_DRILL_CHARACTERS = 500;

export interface DrillCardProps {
  /** The names of the contacts, from which the user chooses people. */
  readonly contacts: readonly string[];
  /** A drill that could not be started, with the values that the user typed and the reason; otherwise null. */
  readonly refused: { readonly drill: SubmittedDrill; readonly reason: string } | null;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/**
 * Shows the form that starts a drill (a test alarm). At first no person is ticked, so that a careless press calls
 * nobody.
 */
export function DrillCard({ contacts, refused, changeToken, texts }: DrillCardProps) {
  const { startDrill: said } = texts.alarms;
  return (
    <section class="card" aria-labelledby="drill-title">
      <h2 id="drill-title">{said.title}</h2>
      <p>{said.intro}</p>
      {contacts.length === 0 ? (
        <p>{said.noPeople}</p>
      ) : (
        <form method="post" action="drill" class="fields">
          <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
          {refused === null ? null : (
            <p class="outcome attention" role="alert">
              {refused.reason}
            </p>
          )}
          <fieldset>
            <legend>{said.people}</legend>
            {contacts.map((name) => (
              <label>
                <input
                  type="checkbox"
                  name="person"
                  value={name}
                  {...(refused?.drill.people.includes(name) === true ? { checked: true } : {})}
                />{" "}
                {name}
              </label>
            ))}
          </fieldset>
          <label for="drill-message">{said.message}</label>
          <textarea id="drill-message" name="message" rows={2} maxlength={MOST_DRILL_CHARACTERS}>
            {refused?.drill.message ?? said.defaultMessage}
          </textarea>
          <button>{said.button}</button>
        </form>
      )}
    </section>
  );
}
