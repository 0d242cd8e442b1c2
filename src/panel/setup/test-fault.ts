import { MAX_TEXT_LENGTH } from "../../domain/text/max-text-length.ts";
import type { TestDelivery } from "../../setup/test-deliveries.ts";
import type { SetupTexts } from "../../texts/en/setup.ts";
import type { SubmittedTest } from "./ports.ts";

const LONGEST_RECIPIENT = 200;

/** Writes why a test cannot be sent, as a sentence. Returns null if the test can be sent. */
export function testFault(
  typed: SubmittedTest,
  { faults }: Pick<SetupTexts["test"], "faults">,
): string | null {
  const { kind, to, text } = typed;
  if (kind !== "message" && kind !== "call") return faults.kind;
  if (to === "") return faults.noRecipient;
  if (to.length > LONGEST_RECIPIENT) return faults.longRecipient(to.length, LONGEST_RECIPIENT);
  if (text === "") return faults.noText;
  return text.length > MAX_TEXT_LENGTH ? faults.longText(text.length, MAX_TEXT_LENGTH) : null;
}

/** Whether a test is complete, so that it can be sent. */
export function isCompleteTest(
  typed: SubmittedTest,
  texts: Pick<SetupTexts["test"], "faults">,
): typed is TestDelivery {
  return testFault(typed, texts) === null;
}
