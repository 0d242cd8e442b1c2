import type { CALL_ERRORS } from "../../en/twilio-errors/calls.ts";
import type { TranslatedErrors } from "../../en/twilio-errors/explained-error.ts";

export const CALL_ERRORS_DE: TranslatedErrors<typeof CALL_ERRORS> = {
  10001:
    "Dein Twilio-Konto ist nicht aktiv. Sieh in der Twilio-Konsole nach: Vielleicht ist das Guthaben aufgebraucht, oder Twilio hat das Konto gesperrt.",
  10002:
    "Twilio erlaubt das bei Testkonten nicht. Stelle das Konto in der Twilio-Konsole auf ein reguläres Konto um.",
  10004:
    "Dein Konto hat zu viele gleichzeitige Anrufe. Warte, bis ein Anruf beendet ist. Ein Testkonto oder ein Konto ohne bestätigtes Kundenprofil darf nur wenige Anrufe gleichzeitig haben.",
  20003:
    "Twilio akzeptiert die Zugangsdaten nicht. Prüfe account_sid und auth_token oder den API-Schlüssel in den Optionen der App. Vielleicht wurde der Auth Token ersetzt, der API-Schlüssel gelöscht oder das Konto gesperrt.",
  20005:
    "Dein Twilio-Konto ist nicht aktiv. Sieh in der Twilio-Konsole nach: Vielleicht ist das Guthaben aufgebraucht, oder Twilio hat das Konto gesperrt.",
  20403:
    "Dein Konto darf die API von Twilio nicht benutzen. Meist ist das Konto gesperrt oder geschlossen: Frage den Support von Twilio.",
  20404:
    "Twilio findet nicht, was angefordert wurde. Prüfe account_sid in den Optionen der App und die SID im Auftrag.",
  20429:
    "Dein Konto hat zu viele Anfragen gleichzeitig gesendet, deshalb hat Twilio diese Anfrage nicht bearbeitet. Wenn das oft vorkommt, ändere deine Automationen so, dass sie weniger Nachrichten gleichzeitig senden.",
  21201: "Für den Anruf fehlt die Nummer. Gib in `to` eine Nummer oder einen Kontakt an.",
  21202: "Die Nummer ist eine Mehrwertnummer, die Twilio nicht anruft. Rufe eine andere Nummer an.",
  21203:
    "Dein Konto ist nicht für Anrufe in andere Länder freigeschaltet. Erlaube das Land in der Twilio-Konsole in den geografischen Berechtigungen für Anrufe.",
  21205:
    "Die Adresse mit den Anweisungen für den Anruf ist keine gültige URL. Schreibe sie vollständig, mit https:// am Anfang. Twilio muss sie aus dem Internet erreichen.",
  21210:
    "Die Nummer, von der angerufen werden soll, gehört nicht zu deinem Twilio-Konto und ist keine bestätigte Anrufernummer. Verwende eine Nummer des Kontos, oder bestätige diese Nummer in der Twilio-Konsole unter Verified Caller IDs.",
  21211: "Die Nummer ist keine gültige Telefonnummer. Schreibe sie mit + und der Ländervorwahl.",
  21212:
    "Der Absender ist weder eine gültige Telefonnummer noch eine Absenderkennung. Verwende eine Nummer deines Twilio-Kontos, mit + und der Ländervorwahl.",
  21213:
    "Für den Anruf fehlt die Nummer, von der angerufen werden soll. Setze default_sender in den Optionen der App, oder gib einen Absender an.",
  21214: "Die Nummer kann nicht angerufen werden. Prüfe die Ziffern, oder rufe eine andere Nummer an.",
  21215:
    "Dein Konto darf dieses Land nicht anrufen. Erlaube das Land in der Twilio-Konsole in den geografischen Berechtigungen für Anrufe.",
  21216:
    "Twilio sperrt Anrufe an diese Nummer. Vielleicht sieht Twilio ein Betrugsrisiko. Lege für Anrufe in die USA oder nach Kanada in der Twilio-Konsole unter Trust Hub ein Kundenprofil an. Sperrt Twilio die Anrufe weiterhin, frage den Support von Twilio.",
  21217:
    "Die Nummer sieht nicht wie eine gültige Telefonnummer aus. Prüfe die Ziffern, und schreibe sie mit + und der Ländervorwahl.",
  21219:
    "Ein Testkonto darf nur Nummern anrufen, die du bestätigt hast. Bestätige die Nummer in der Twilio-Konsole unter Verified Caller IDs, oder stelle das Testkonto auf ein reguläres Konto um.",
  21220:
    "Der Anruf ist schon beendet und lässt sich nicht mehr ändern. Wahrscheinlich hat der Anrufer aufgelegt. Die Automation sollte ohne den Anruf weitermachen.",
  70051:
    "Der API-Schlüssel hat dafür keine Berechtigung, oder er gehört zu einem anderen Konto. Gib dem Schlüssel in der Twilio-Konsole die Berechtigung, oder verwende einen Standard-Schlüssel des Kontos.",
  573002:
    "Ein Testkonto kann eine bestätigte Nummer nur von der Testnummer aus anrufen, die Twilio dieser Nummer zugeordnet hat. Sieh in der Twilio-Konsole nach, welche Testnummer das ist, und verwende diese als Absender. Oder stelle das Testkonto auf ein reguläres Konto um.",
  573005:
    "Ein Testkonto darf nur Nummern anrufen, die du bestätigt hast, und die Bestätigung dieser Nummer ist nicht abgeschlossen. Gib den Code, den Twilio an diese Nummer gesendet hat, in der Twilio-Konsole ein, oder stelle das Testkonto auf ein reguläres Konto um.",
};
