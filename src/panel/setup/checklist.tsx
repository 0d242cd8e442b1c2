import type { SetupChecks } from "../../domain/setup-checks.ts";
import type { PanelFacts } from "../panel-facts.ts";
import { StatusCard } from "../status-card.tsx";
import type { PanelTexts } from "../texts/panel-texts.ts";
import { NumbersCard } from "./numbers-card.tsx";
import type { NotifierStanding } from "./setup-parts.ts";

export interface ChecklistProps {
  readonly facts: PanelFacts;
  readonly checks: SetupChecks | null;
  readonly notifiers: readonly NotifierStanding[];
  readonly texts: PanelTexts;
}

/** What of the first page is fetched anew while somebody looks at it. */
export function Checklist({ facts, checks, notifiers, texts }: ChecklistProps) {
  return (
    <>
      <StatusCard facts={facts} checks={checks} notifiers={notifiers} texts={texts} />
      {checks === null ? null : <NumbersCard numbers={checks.numbers} facts={facts} texts={texts} />}
    </>
  );
}
