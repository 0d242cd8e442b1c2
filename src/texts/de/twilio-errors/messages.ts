import type { TranslatedErrors } from "../../en/twilio-errors/explained-error.ts";
import type { MESSAGE_ERRORS } from "../../en/twilio-errors/messages.ts";

export const MESSAGE_ERRORS_DE: TranslatedErrors<typeof MESSAGE_ERRORS> = {
  21408:
    "Dein Konto darf keine Nachrichten in dieses Land senden. Erlaube das Land in der Twilio-Konsole in den geografischen Berechtigungen für Nachrichten.",
  21602: "Die Nachricht hat weder Text noch Bild. Gib `message` oder `media` an.",
  21603:
    "Die Nachricht hat keinen Absender. Setze default_sender in den Optionen der App, oder gib einen Absender an.",
  21604: "Die Nachricht hat keinen Empfänger. Gib in `to` eine Nummer oder einen Kontakt an.",
  21606:
    "Der Absender ist keine Nummer deines Twilio-Kontos, die Nachrichten an diesen Empfänger senden kann. Verwende eine Nummer des Kontos, die SMS senden kann. Eine Kurzwahlnummer kann nur an Telefone in ihrem eigenen Land senden.",
  21607:
    "Ein Testkonto darf nur von seiner eigenen Testnummer senden. Verwende die Testnummer als Absender, oder stelle das Testkonto in der Twilio-Konsole auf ein reguläres Konto um.",
  21608:
    "Dein Konto darf nur an Nummern senden, die du bestätigt hast, weil es ein Testkonto ist oder kein bestätigtes Kundenprofil hat. Bestätige die Nummer in der Twilio-Konsole unter Verified Caller IDs, oder stelle das Testkonto auf ein reguläres Konto um.",
  21609:
    "Twilio kann der App die Zustellung nicht melden, weil die öffentliche Adresse der App nicht gültig ist. Prüfe public_url in den Optionen der App.",
  21610:
    "Der Empfänger hat STOP an diesen Absender gesendet, deshalb sendet Twilio ihm von dort keine Nachrichten mehr. Nur der Empfänger kann das ändern, indem er START an die Nummer des Absenders sendet.",
  21611:
    "Die Warteschlange von Twilio für diesen Absender ist voll. Die Nachricht wurde nicht gesendet. Finde heraus, welche Automation so viele Nachrichten sendet, und lass sie weniger senden.",
  21612:
    "Twilio kann von diesem Absender keine Nachricht an diese Nummer senden. Prüfe die Nummer, oder verwende einen anderen Absender. Manche Länder und Netze akzeptieren nur bestimmte Arten von Absendern.",
  21614:
    "Die Nummer ist keine Mobilnummer. Vielleicht ist sie ein Festnetzanschluss: Rufe dort an, oder prüfe die Ziffern.",
  21616:
    "Der Absender passt zu mehreren Nummern deines Kontos. Schreibe ihn vollständig, mit + und der Ländervorwahl.",
  21617:
    "Die Nachricht ist länger als 1.600 Zeichen. Kürze die Nachricht, oder teile sie auf. Emojis und Sonderzeichen zählen als mehrere Zeichen.",
  21618:
    "Die Netze blockieren den Text dieser Nachricht. Formuliere die Nachricht anders. Oft sind Links der Grund.",
  21619: "Die Nachricht hat weder Text noch Bild noch Vorlage. Gib `message`, `media` oder `content_sid` an.",
  21620:
    "Die Adresse eines Bildes oder einer Datei ist keine gültige URL. Schreibe sie vollständig, mit https:// am Anfang.",
  21621:
    "Der Absender kann keine Bilder senden. Verwende eine Nummer, die MMS senden kann, oder sende stattdessen einen Link. In den meisten Ländern gibt es keine solchen Nummern.",
  21622:
    "Dein Konto darf keine Bilder senden. Bitte den Support von Twilio, MMS freizuschalten, oder sende stattdessen einen Link.",
  21623: "Die Nachricht hat zu viele Bilder oder Dateien. Sende höchstens zehn Bilder oder Dateien.",
  21624:
    "Twilio akzeptiert die Gültigkeitsdauer der Nachricht (valid_for) nicht. Gib valid_for in ganzen Sekunden an, höchstens 36.000.",
  21635:
    "Die Nummer ist ein Festnetzanschluss, der keine Nachrichten empfangen kann. Rufe stattdessen dort an.",
  21655:
    "Die SID der Vorlage ist falsch. content_sid beginnt mit HX: Kopiere sie in der Twilio-Konsole unter Messaging, Content Template Builder.",
  21656:
    'Die Werte für die Platzhalter der Vorlage haben ein falsches Format. Gib content_variables als Namen und Texte an, zum Beispiel {"1": "Alice"}.',
  21657:
    "Telefone in diesem Land können keine Nachrichten von dieser Absenderkennung empfangen. Verwende eine Nummer als Absender, oder eine Absenderkennung, die das Land erlaubt.",
  21659:
    "Der Absender ist keine Nummer von Twilio oder eine Kurzwahlnummer eines anderen Landes. Verwende eine Nummer deines Twilio-Kontos, mit + und der Ländervorwahl.",
  21660:
    "Der Absender ist eine Nummer eines anderen Twilio-Kontos. Verwende eine Nummer des Kontos, dessen account_sid in den Optionen der App steht.",
  21661:
    "Der Absender kann keine Nachrichten senden. Verwende eine Nummer deines Kontos, die SMS senden kann. Die Liste der Nummern in der Twilio-Konsole zeigt, welche Nummern das können.",
  21701:
    "Diesen Messaging Service gibt es in deinem Konto nicht. Prüfe den Absender: Die SID beginnt mit MG und steht in der Twilio-Konsole.",
  21702:
    "Der Messaging Service kann zurzeit nicht senden. Den Grund zeigt die Twilio-Konsole unter Messaging, Services.",
  21703:
    "Kein Absender im Messaging Service kann diese Nachricht an diese Nummer senden. Füge eine passende Nummer hinzu: Nachrichten in die USA und nach Kanada brauchen eine Nummer von dort, Bilder eine Nummer, die MMS senden kann.",
  21704:
    "Der Messaging Service hat keine Absender. Füge in der Twilio-Konsole unter Messaging, Services eine Nummer hinzu.",
  21705:
    "Die SID des Messaging Service ist falsch. Sie beginnt mit MG und steht in der Twilio-Konsole unter Messaging, Services.",
  572002:
    "Ein Testkonto kann an eine bestätigte Nummer nur von der Testnummer aus schreiben, die Twilio dieser Nummer zugeordnet hat. Sieh in der Twilio-Konsole nach, welche Testnummer das ist, und verwende diese als Absender. Oder stelle das Testkonto auf ein reguläres Konto um.",
  572005:
    "Ein Testkonto darf nur an Nummern schreiben, die du bestätigt hast, und die Bestätigung dieser Nummer ist nicht abgeschlossen. Gib den Code, den Twilio an diese Nummer gesendet hat, in der Twilio-Konsole ein, oder stelle das Testkonto auf ein reguläres Konto um.",
  572006:
    "Ein Testkonto kann nur Beispieltexte von Twilio senden. Stelle es in der Twilio-Konsole auf ein reguläres Konto um, um eigene Texte zu senden.",
};
