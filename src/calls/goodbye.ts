/**
 * The sentences that the app says before it ends a call for which no automation has sent a next step. The key is the
 * language's ISO 639 code.
 */
const GOODBYES: Readonly<Record<string, string>> = {
  bg: "Съжаляваме, сега не може да продължим. Дочуване.",
  ca: "Ho sento, ara no es pot continuar. Adéu.",
  cs: "Bohužel teď nelze pokračovat. Na shledanou.",
  da: "Beklager, det kan ikke fortsætte nu. Farvel.",
  de: "Leider geht es gerade nicht weiter. Auf Wiederhören.",
  el: "Λυπούμαστε, δεν μπορούμε να συνεχίσουμε τώρα. Αντίο.",
  en: "Sorry, this cannot go on right now. Goodbye.",
  es: "Lo sentimos, ahora no se puede continuar. Adiós.",
  fi: "Valitettavasti tätä ei voi nyt jatkaa. Kuulemiin.",
  fr: "Désolé, il n'est pas possible de continuer pour le moment. Au revoir.",
  hu: "Sajnos most nem folytatható. Viszonthallásra.",
  it: "Spiacenti, ora non è possibile continuare. Arrivederci.",
  nb: "Beklager, dette kan ikke fortsette nå. Ha det.",
  nl: "Sorry, het kan nu niet verdergaan. Tot ziens.",
  pl: "Niestety teraz nie można kontynuować. Do usłyszenia.",
  pt: "Desculpe, não é possível continuar agora. Até logo.",
  ro: "Ne pare rău, acum nu se poate continua. La revedere.",
  ru: "К сожалению, сейчас продолжить нельзя. До свидания.",
  sk: "Žiaľ, teraz sa nedá pokračovať. Dopočutia.",
  sv: "Tyvärr går det inte att fortsätta just nu. Hej då.",
  tr: "Üzgünüz, şu anda devam edilemiyor. Hoşça kalın.",
  uk: "На жаль, зараз продовжити неможливо. До побачення.",
};

/**
 * The goodbye in a language such as `de-DE`, and the language of this text. If the app has none in this language, it is
 * in English.
 */
export function goodbyeIn(language: string): { readonly text: string; readonly language: string } {
  const text = GOODBYES[language.toLowerCase().split("-")[0] ?? ""];
  return text === undefined ? { text: GOODBYES["en"] ?? "", language: "en-US" } : { text, language };
}

/**
 * Turns Home Assistant's language (`de`, `en-GB`, `zh-Hans`) into language and region (`de-DE`), as Twilio's `<Say>`
 * needs it. The most likely region comes from `Intl` (CLDR). An invalid language becomes `en-US`.
 */
export function spokenLanguage(language: string): string {
  try {
    const { language: name, region } = new Intl.Locale(language).maximize();
    return region === undefined ? name : `${name}-${region}`;
  } catch {
    return "en-US";
  }
}
