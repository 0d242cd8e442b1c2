import { errorText } from "../../domain/error-text.ts";
import { withCode } from "../../domain/reported-error.ts";
import type { ReportedError } from "../../domain/reported-error.ts";
import type { TestProgress } from "../../setup/test-deliveries.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import { SafeLink } from "../shell/safe-link.tsx";
import type { RowState } from "../shell/state-row.tsx";
import { StateRow } from "../shell/state-row.tsx";

const STATES: Readonly<Record<TestProgress["stage"], RowState>> = {
  pending: "waiting",
  sending: "waiting",
  under_way: "waiting",
  done: "good",
  failed: "attention",
  unknown: "attention",
};

/** Shows the progress of a test. At its end, the attribute `data-final` makes the page stop refreshing this part. */
export function TestStatus({
  progress,
  texts,
}: {
  readonly progress: TestProgress;
  readonly texts: PanelTexts;
}) {
  const { test } = texts.setup;
  const { stage, to, status, error } = progress;
  const isFinal = stage === "done" || stage === "failed" || stage === "unknown";
  const words: Readonly<Record<string, string>> = test.statuses;
  const shown = (one: ReportedError): ReportedError => ({ ...one, message: errorText(one, texts.errors) });
  const word = status === null ? null : (words[status] ?? status);
  return (
    <dl class="test-status" {...(isFinal ? { "data-final": "" } : {})}>
      <StateRow
        texts={texts}
        state={STATES[stage]}
        name={to ?? test.title}
        value={
          <span data-news>
            {test.stages[stage]}
            {word === null ? "" : `: ${word}`}
          </span>
        }
        note={
          error === null ? undefined : (
            <>
              {/^\d+$/.test(error.code) ? withCode(shown(error)) : shown(error).message}{" "}
              <SafeLink to={error.more_info}>{test.moreInfo}</SafeLink>
            </>
          )
        }
      />
    </dl>
  );
}
