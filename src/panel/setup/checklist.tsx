import type { SetupChecks } from "../../domain/setup-checks.ts";
import { CHANGE_TOKEN_FIELD } from "../guard-changes.ts";
import type { PanelFacts } from "../panel-facts.ts";
import { StatusCard } from "../status-card.tsx";
import type { PanelTexts } from "../texts/panel-texts.ts";
import { WebhookCard } from "../webhook-card.tsx";
import { NumbersCard } from "./numbers-card.tsx";
import type { NotifierStanding } from "./setup-parts.ts";

export interface ChecklistProps {
  readonly facts: PanelFacts;
  readonly checks: SetupChecks | null;
  readonly notifiers: readonly NotifierStanding[];
  /** A page that stayed open over a start of the app takes it into its forms. */
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** What of the first page is fetched anew while somebody looks at it. */
export function Checklist({ facts, checks, notifiers, changeToken, texts }: ChecklistProps) {
  return (
    <>
      <StatusCard facts={facts} checks={checks} notifiers={notifiers} texts={texts} />
      {checks === null ? null : <NumbersCard numbers={checks.numbers} facts={facts} texts={texts} />}
      <WebhookCard {...{ facts, changeToken, texts }} />
      <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
    </>
  );
}
