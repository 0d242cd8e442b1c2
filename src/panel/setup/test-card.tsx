import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { TestProgress } from "../../setup/test-deliveries.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";
import { CountNote } from "../shell/count-note.tsx";
import type { SubmittedTest } from "./ports.ts";
import { testFault } from "./test-fault.ts";
import { TestStatus } from "./test-status.tsx";

export interface TestCardProps {
  readonly contacts: readonly string[];
  /** The test whose ID is in the page's URL, with its progress; null if the URL has none. */
  readonly sent: { readonly id: string; readonly progress: TestProgress } | null;
  /** A test that could not be sent, with the values that the user typed; otherwise null. */
  readonly invalidTest: SubmittedTest | null;
  /** Identifies this page, so that submitting its form twice sends one test. */
  readonly idempotencyKey: string;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** Shows the form that sends a message or makes a call as a test. */
export function TestCard({ contacts, sent, invalidTest, idempotencyKey, changeToken, texts }: TestCardProps) {
  const { test } = texts.setup;
  return (
    <section class="card" aria-labelledby="test">
      <h2 id="test">{test.title}</h2>
      <p>{test.intro}</p>
      {invalidTest === null ? null : (
        <p class="outcome attention" role="alert">
          {testFault(invalidTest, test)}
        </p>
      )}
      {sent === null ? null : (
        <div data-live={`test-status?id=${encodeURIComponent(sent.id)}`} data-every="0.5">
          <TestStatus progress={sent.progress} texts={texts} />
        </div>
      )}
      {sent === null ? null : <p role="status" class="unseen" data-says></p>}
      <form method="post" action="test" class="fields">
        <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} autocomplete="off" />
        <input type="hidden" name="idempotency_key" value={idempotencyKey} autocomplete="off" />
        <fieldset>
          <legend>{test.what}</legend>
          <label>
            <input type="radio" name="kind" value="message" checked={invalidTest?.kind !== "call"} />{" "}
            {test.message}
          </label>
          <label>
            <input type="radio" name="kind" value="call" checked={invalidTest?.kind === "call"} /> {test.call}
          </label>
        </fieldset>
        <label for="test-to">{test.to}</label>
        <input
          id="test-to"
          name="to"
          value={invalidTest?.to ?? ""}
          required
          list="test-contacts"
          autocomplete="off"
          aria-describedby="test-to-hint"
        />
        <datalist id="test-contacts">
          {contacts.map((name) => (
            <option value={name} />
          ))}
        </datalist>
        <p class="note" id="test-to-hint">
          {test.toHint} (<a href="contacts">{texts.contacts.title}</a>)
        </p>
        <label for="test-text">{test.text}</label>
        <textarea
          id="test-text"
          name="text"
          required
          rows={2}
          aria-describedby="test-text-hint test-text-count"
        >
          {invalidTest?.text ?? test.sample}
        </textarea>
        <p class="note">
          <CountNote
            of="test-text"
            text={invalidTest?.text ?? test.sample}
            max={MAX_TEXT_LENGTH}
            texts={texts}
          />
        </p>
        <p class="note" id="test-text-hint">
          {test.textHint}
        </p>
        <button>{test.send}</button>
      </form>
    </section>
  );
}
