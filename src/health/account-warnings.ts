import type { Notification } from "../domain/notification.ts";
import type { Texts } from "../texts/en/texts.ts";

export const ACCOUNT_WARNINGS_NOTIFICATION_ID = "twilio_hazards";

/** Something in the Twilio account that makes messages or calls fail. */
export type AccountWarning =
  | { readonly kind: "trial" }
  /**
   * The number is from the US or Canada and has no approved A2P 10DLC campaign. `hasBrand`: whether the account has an
   * approved brand for campaigns.
   */
  | { readonly kind: "unregistered"; readonly number: string; readonly hasBrand: boolean }
  /**
   * The number is toll-free and not verified. `status`: Twilio's status of the verification; null if nobody requested
   * one.
   */
  | { readonly kind: "toll_free"; readonly number: string; readonly status: string | null }
  /** The account may not call the country of a contact. `country`: the country's ISO 3166 code. */
  | { readonly kind: "not_enabled"; readonly country: string };

/** The notification with one line for each account warning. */
export function accountWarningsNotification(warnings: readonly AccountWarning[]): Notification {
  return {
    id: ACCOUNT_WARNINGS_NOTIFICATION_ID,
    say(texts) {
      const { title, intro } = texts.notifications.account;
      const lines = warnings.map((warning) => `- ${accountWarningText(warning, texts)}`);
      return { title, message: [intro, "", ...lines].join("\n") };
    },
  };
}

/** The text of one account warning, in the language of `texts`. */
export function accountWarningText(
  warning: AccountWarning,
  { language, notifications: { account } }: Texts,
): string {
  switch (warning.kind) {
    case "trial":
      return account.trial;
    case "unregistered":
      return account.unregistered(warning.number, warning.hasBrand);
    case "toll_free":
      return tollFreeWarning(warning.status, account.tollFree)(warning.number);
    case "not_enabled": {
      const names = new Intl.DisplayNames(language, { type: "region" });
      return account.notEnabled(names.of(warning.country) ?? warning.country);
    }
  }
}

function tollFreeWarning(
  status: string | null,
  said: Texts["notifications"]["account"]["tollFree"],
): (number: string) => string {
  if (status === null) return said.unrequested;
  return status === "TWILIO_REJECTED" ? said.rejected : said.pending;
}
