import type { PollingState } from "../../inbound/polling/poll-messages.ts";
import type { NumberPolling } from "../../inbound/polling/polled-numbers.ts";
import { PACE_MS } from "../../inbound/polling/polling-pace.ts";
import type { PanelTexts } from "../../texts/en/panel.ts";
import type { PollingTexts } from "../../texts/en/polling.ts";
import { CHANGE_TOKEN_FIELD } from "../server/guard-changes.ts";

export interface NumberPollingNoteProps {
  /** The state of polling (reading messages from Twilio's list); null if the app does not poll. */
  readonly polling: PollingState | null;
  /** A phone number, or a sender in a channel such as WhatsApp. */
  readonly address: string;
  /** Whether Twilio can reach the app, by its public address or by the webhook relay. */
  readonly canReceive: boolean;
  readonly changeToken: string;
  readonly texts: PanelTexts;
}

/** Finds how the app polls a number; null if that is unknown. */
export function pollingOf(polling: PollingState | null, address: string): NumberPolling | null {
  return polling?.numbers.find(({ number }) => number.address === address) ?? null;
}

/** Writes how often the app reads the messages of a number from Twilio's list. */
export function everyText({ isSlow }: NumberPolling, texts: PollingTexts): string {
  return texts.every((isSlow ? PACE_MS.webhooksArrive : PACE_MS.usual) / 1_000);
}

/**
 * Shows how the number's messages reach the app, or why the app does not read them from Twilio's list. A button turns
 * this reading on or off.
 */
export function NumberPollingNote(props: NumberPollingNoteProps) {
  const { polling, address, canReceive, changeToken, texts } = props;
  const found = pollingOf(polling, address);
  if (polling === null || found === null) return null;
  const { polling: said } = texts;
  const choice = found.isPolled ? "off" : "on";
  return (
    <>
      {[wayText(found, canReceive, said), conditionText(polling, said)]
        .filter((text) => text !== null)
        .join(" ")}
      <form method="post" action="polling">
        <input type="hidden" name={CHANGE_TOKEN_FIELD} value={changeToken} />
        <input type="hidden" name="address" value={address} />
        <button class="quiet" name="choice" value={choice}>
          {found.isPolled ? said.stop : said.start}
          <span class="unseen"> {address}</span>
        </button>
      </form>
    </>
  );
}

function wayText(found: NumberPolling, canReceive: boolean, said: PollingTexts): string {
  const { number, reason, isPolled } = found;
  if (number.receiver === "us" || number.receiver === "relay") {
    const by = said.by[number.receiver];
    return isPolled ? `${by} ${said.safetyNet(everyText(found, said))}` : by;
  }
  switch (reason) {
    case "chosen":
    case "points_here":
    case "only_free_one":
      return canReceive ? said.setUpNumber : said.setUpAddress;
    case "declined":
    case "several":
    case "other_relay":
    case "others":
    case "unknown":
    case "sender":
      return said.reasons[reason];
  }
}

function conditionText({ condition }: PollingState, said: PollingTexts): string | null {
  return condition === "running" ? null : said[condition];
}
