/**
 * Home Assistant names a language (`de`, `en-GB`, `zh-Hans`); Twilio's `<Say>` wants language and region
 * (`de-DE`). The likely region comes from CLDR by way of `Intl`.
 */
export function spokenLanguage(language: string): string {
  try {
    const { language: name, region } = new Intl.Locale(language).maximize();
    return region === undefined ? name : `${name}-${region}`;
  } catch {
    return "en-US";
  }
}
