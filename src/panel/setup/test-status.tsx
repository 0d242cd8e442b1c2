import { withCode } from "../../domain/twilio-error.ts";
import type { RowState } from "../row-state.ts";
import { SafeLink } from "../safe-link.tsx";
import { StateRow } from "../state-row.tsx";
import type { PanelTexts } from "../texts/panel-texts.ts";
import type { TestProgress } from "./setup-parts.ts";

const STATES: Readonly<Record<TestProgress["stage"], RowState>> = {
  heard: "waiting",
  sending: "waiting",
  under_way: "waiting",
  done: "good",
  failed: "attention",
  unknown: "attention",
};

/** How far a test is. `data-final` ends asking for more. */
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
  const word = status === null ? null : (test.statuses[status] ?? status);
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
              {/^\d+$/.test(error.code) ? withCode(error) : error.message}{" "}
              <SafeLink to={error.more_info}>{test.moreInfo}</SafeLink>
            </>
          )
        }
      />
    </dl>
  );
}
