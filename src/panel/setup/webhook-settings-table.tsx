import type { NumberSettings } from "../../setup/number-webhooks.ts";
import type { SetupTexts } from "../../texts/en/setup.ts";
import { displayAddress } from "./app-state-rows.tsx";

export interface WebhookSettingsTableProps {
  readonly label: string;
  readonly currentSettings: NumberSettings;
  readonly newSettings: NumberSettings;
  readonly texts: SetupTexts["number"];
}

/** Shows a number's present and new settings. Each webhook URL has the HTTP method before it. */
export function WebhookSettingsTable({
  label,
  currentSettings,
  newSettings,
  texts,
}: WebhookSettingsTableProps) {
  const before = shownSettings(currentSettings);
  const after = shownSettings(newSettings);
  const names = (Object.keys(texts.names) as (keyof SetupTexts["number"]["names"])[]).filter(
    (name) => before[name] !== "" || after[name] !== "",
  );
  return (
    <table class="settings" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{texts.setting}</th>
          <th scope="col">{texts.now}</th>
          <th scope="col">{texts.then}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr>
            <th scope="row">{texts.names[name]}</th>
            <td data-label={texts.now}>{before[name] || texts.empty}</td>
            <td data-label={texts.then} class={before[name] === after[name] ? "" : "changes"}>
              {after[name] || texts.empty}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shownSettings(settings: NumberSettings): Record<keyof SetupTexts["number"]["names"], string> {
  const address = (url: string, method: string): string =>
    url === "" ? "" : `${method || "POST"} ${displayAddress(url)}`;
  return {
    message: address(settings.smsUrl, settings.smsMethod),
    messageFallback: address(settings.smsFallbackUrl, settings.smsFallbackMethod),
    call: address(settings.voiceUrl, settings.voiceMethod),
    callFallback: address(settings.voiceFallbackUrl, settings.voiceFallbackMethod),
    status: address(settings.statusCallback, settings.statusCallbackMethod),
    messageApplication: settings.smsApplicationSid,
    callApplication: settings.voiceApplicationSid,
  };
}
