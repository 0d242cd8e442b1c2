/**
 * Translations of sentences about faulty options, which are English in the log. Each entry translates one part of a
 * sentence. Names of options, values and numbers stay as they are. The longest part is replaced first, because some
 * contain others.
 */
const PARTS: Readonly<Record<string, string>> = {
  // Ends of sentences.
  "it is ignored": "wird nicht verwendet",
  "it is skipped": "wird übersprungen",
  "the rest of the entry is used": "der Rest des Eintrags wird verwendet",
  "the default is used": "die Voreinstellung wird verwendet",
  "neither is used": "beide werden nicht verwendet",
  ", entry ": ", Eintrag ",

  // Sentences about credentials.
  "account_sid is missing: enter the Account SID from the first page of the Twilio Console (AC and 32 digits or letters a to f).":
    "account_sid fehlt. Trage die Account SID von der ersten Seite der Twilio-Konsole ein (AC und 32 Ziffern oder Buchstaben von a bis f).",
  "account_sid is malformed: enter the Account SID, which is AC and 32 digits or letters a to f.":
    "account_sid ist ungültig. Trage die Account SID ein: AC und 32 Ziffern oder Buchstaben von a bis f.",
  "account_sid is malformed: enter your provider's account or project id, without blanks.":
    "account_sid ist ungültig. Trage die Konto- oder Projekt-ID deines Anbieters ein, ohne Leerzeichen.",
  "auth_token is missing: enter the Auth Token from the first page of the Twilio Console. It is needed to check webhooks, also when an API key is set.":
    "auth_token fehlt. Trage den Auth Token von der ersten Seite der Twilio-Konsole ein. Er prüft Webhooks und ist auch mit einem API-Schlüssel nötig.",
  "auth_token is malformed: enter the Auth Token, which is 32 digits or letters a to f.":
    "auth_token ist ungültig. Trage den Auth Token ein: 32 Ziffern oder Buchstaben von a bis f.",
  "auth_token_previous is malformed: enter the previous Auth Token, which is 32 digits or letters a to f, or leave it empty.":
    "auth_token_previous ist ungültig. Trage den bisherigen Auth Token ein (32 Ziffern oder Buchstaben von a bis f), oder lass das Feld leer.",
  "api_key_sid and api_key_secret belong together: enter both, or neither.":
    "api_key_sid und api_key_secret gehören zusammen. Trage beide ein oder lass beide leer.",
  "api_key_sid is malformed: enter the key's SID, which is SK and 32 digits or letters a to f.":
    "api_key_sid ist ungültig. Trage die SID des Schlüssels ein: SK und 32 Ziffern oder Buchstaben von a bis f.",
  "api_key_secret is malformed: enter the secret that Twilio showed when the key was created.":
    "api_key_secret ist ungültig. Trage das Geheimnis ein, das Twilio beim Anlegen des Schlüssels gezeigt hat.",
  "It looks like an Account SID, which belongs in account_sid.":
    "Das sieht nach einer Account SID aus, die zu account_sid gehört.",
  "It looks like an API key, which belongs in api_key_sid.":
    "Das sieht nach einem API-Schlüssel aus, der zu api_key_sid gehört.",
  "It looks like an Auth Token, which belongs in auth_token.":
    "Das sieht nach einem Auth Token aus, der zu auth_token gehört.",

  // Parts that say which value an option expects.
  "it is empty; ": "leer; ",
  "enter a text, or leave it empty": "erwartet: ein Text oder nichts",
  "enter a text of at most ": "erwartet: ein Text mit höchstens ",
  " characters": " Zeichen",
  "enter the action's name, such as twilio_sms": "erwartet: der Name der Aktion, z. B. twilio_sms",
  "enter the action's name in letters a to z and digits, such as twilio_sms":
    "erwartet: der Name der Aktion aus Buchstaben von a bis z und Ziffern, z. B. twilio_sms",
  "enter numbers or names of contacts, with a comma between two":
    "erwartet: Nummern oder Namen von Kontakten, durch Kommas getrennt",
  "enter a name, a type and a from_number": "erwartet: name, type und from_number",
  "enter a name and a number": "erwartet: name und number",
  "enter a name": "erwartet: ein Name",
  "enter 4 to 8 digits, or leave it empty": "erwartet: 4 bis 8 Ziffern oder nichts",
  "enter a whole number, at least ": "erwartet: eine ganze Zahl, mindestens ",
  "enter a number of seconds from 0 to 10": "erwartet: eine Anzahl Sekunden von 0 bis 10",
  "enter true or false": "erwartet: true oder false",
  "enter a list": "erwartet: eine Liste",
  "enter wait_seconds, otherwise and say below it": "erwartet: darunter wait_seconds, otherwise und say",
  "otherwise: say needs a text; enter one in say": "otherwise: say braucht einen Text in say",
  "enter strangers below it": "erwartet: darunter strangers",
  "enter a language such as de or en-GB": "erwartet: eine Sprache, z. B. de oder en-GB",
  "enter messages_per_day, calls_per_day and alarm_tries_per_day below it":
    "erwartet: darunter messages_per_day, calls_per_day und alarm_tries_per_day",
  "enter the SID of a content template (HX…)": "erwartet: die SID einer Inhaltsvorlage (HX…)",
  "enter whatsapp_template below it": "erwartet: darunter whatsapp_template",
  "enter per_day below it": "erwartet: darunter per_day",
  "the name is already used; enter another one": "den Namen gibt es schon; wähle einen anderen",
  "the same name and number already exist; enter them once":
    "Name und Nummer gibt es schon; trage sie nur einmal ein",

  // Parts about phone numbers, channel addresses, URLs and senders.
  "a number such as ": "eine Nummer wie ",
  "a channel address such as ": "eine Adresse eines Kanals wie ",
  "of a call: ": "für Anrufe: ",
  ", with + and the country's code": ", mit + und Ländervorwahl",
  "that is another kind of SID; ": "das ist eine andere Art von SID; ",
  ", or a Messaging Service SID (MG and 32 digits or letters a to f)":
    " oder die SID eines Messaging Service (MG und 32 Ziffern oder Buchstaben von a bis f)",
  ", a Messaging Service SID (MG…), or a sender ID of at most 11 letters and digits":
    ", die SID eines Messaging Service (MG…) oder eine Absenderkennung aus höchstens 11 Buchstaben und Ziffern",
  "it is not a URL; enter one such as ": "das ist keine URL; erwartet: eine wie ",
  "it must start with https://; enter one such as ": "sie muss mit https:// beginnen, z. B. ",
  "Twilio refuses host names with an underscore; enter one without":
    "Twilio lehnt Hostnamen mit Unterstrich ab; erwartet: einer ohne",
  "it must not contain a user name or password; enter it without":
    "sie darf weder Benutzernamen noch Passwort enthalten",
  "it must not contain a user name or password; enter those in account_sid and auth_token":
    "sie darf weder Benutzernamen noch Passwort enthalten; sie gehören in account_sid und auth_token",
  "enter a URL such as ": "erwartet: eine URL wie ",

  // Parts about region and edge.
  "region and edge: ": "region und edge: ",
  "they apply only to Twilio, but api_base_url is set":
    "sie gelten nur für Twilio, aber api_base_url ist gesetzt",
  "only one is set; ": "nur eines ist gesetzt; ",
  " is no region; ": " ist keine Region; ",
  " is no edge; ": " ist keine Edge; ",
  " do not work together; ": " passen nicht zusammen; ",
  "what you entered": "die Eingabe",
  " needs edge ": " braucht Edge ",
  " needs region ": " braucht Region ",
  " and the auth token and API key of ": " sowie Auth Token und API-Schlüssel von ",
  "there are ": "es gibt ",

  // Parts about risks and names.
  "it is not used, because api_base_url is not set and Twilio signs with the auth token. Enter it only for another provider.":
    "wird nicht verwendet, denn api_base_url ist nicht gesetzt, und Twilio signiert mit dem Auth Token. Trage es nur für einen anderen Anbieter ein.",
  " starts with http:, so the credentials are sent without encryption; use https.":
    " beginnt mit http:, deshalb werden die Zugangsdaten unverschlüsselt gesendet. Nutze https.",
  " starts with http:, so messages are sent without encryption; use https.":
    " beginnt mit http:, deshalb werden Nachrichten unverschlüsselt gesendet. Nutze https.",
  "Twilio cannot reach an IP address of the home network; enter the app's address on the internet.":
    "Twilio erreicht keine Adresse im Heimnetz. Trage die Adresse der App im Internet ein.",
  " are the same name for an action, so an action with this name is refused; give them different names.":
    " sind für eine Aktion derselbe Name, deshalb wird eine Aktion mit diesem Namen abgelehnt. Gib ihnen verschiedene Namen.",
  "there is no such option": "eine solche Option gibt es nicht",
  " if you mean that": ", falls du das meinst",
  "enter ": "erwartet: ",
  " and ": " und ",
  " with ": " mit ",
  " or ": " oder ",
  " (found ": " (gefunden: ",
};

const ANY = new RegExp(
  Object.keys(PARTS)
    .toSorted((a, b) => b.length - a.length)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|"),
  "g",
);

/** Translates a sentence about a faulty option into German. What the user has entered stays as it is. */
export function optionProblemInGerman(sentence: string): string {
  return sentence
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(ANY, (found) => PARTS[found] ?? found)))
    .join("");
}
