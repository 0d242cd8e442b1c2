import type { TranslatedErrors } from "../../en/twilio-errors/explained-error.ts";
import type { WHATSAPP_ERRORS } from "../../en/twilio-errors/whatsapp.ts";

export const WHATSAPP_ERRORS_DE: TranslatedErrors<typeof WHATSAPP_ERRORS> = {
  63001:
    "WhatsApp akzeptiert deinen Absender nicht. Öffne den Absender in der Twilio-Konsole unter Messaging, Senders. Vielleicht musst du ihn erneut hinzufügen.",
  63003:
    "Der Empfänger ist auf diesem Kanal nicht zu finden. Prüfe die Nummer, und ob ihr Besitzer WhatsApp benutzt.",
  63005:
    "WhatsApp hat den Inhalt der Nachricht nicht akzeptiert. Prüfe, ob der Empfänger WhatsApp benutzt und ob sich das Bild oder die Datei öffnen lässt.",
  63007:
    "Der Absender ist kein WhatsApp-Absender deines Kontos. Verwende einen Absender, der in der Twilio-Konsole unter Messaging, Senders steht, oder die Nummer der WhatsApp-Sandbox.",
  63012: "Bei WhatsApp gab es einen internen Fehler. Versuche es später erneut.",
  63013:
    "Die Nachricht verstößt gegen eine Regel von WhatsApp. Formuliere sie anders, oder sende eine Vorlage, die WhatsApp genehmigt hat.",
  63015:
    "Die WhatsApp-Sandbox darf nur an Telefone schreiben, die ihr beigetreten sind. Sende von dem Telefon die Wörter, die die Seite der Sandbox in der Twilio-Konsole zeigt.",
  63016:
    "Der Empfänger hat dir seit 24 Stunden nicht auf WhatsApp geschrieben, deshalb darf nur eine Vorlage gesendet werden. Sende mit content_sid eine genehmigte Vorlage, oder warte, bis der Empfänger schreibt. Die App kann das nicht vorab prüfen.",
  63018:
    "Dein Absender hat auf WhatsApp seine Höchstzahl an Nachrichten erreicht. Warte einen Tag, und ändere deine Automationen so, dass sie weniger Nachrichten senden.",
  63019:
    "Das Bild oder die Datei konnte nicht abgerufen werden. Prüfe, ob die Adresse aus dem Internet erreichbar und die Datei nicht leer ist.",
  63021:
    "Der Kanal akzeptiert den Inhalt der Nachricht nicht. Prüfe den Typ des Bildes oder der Datei. Eine ausgefüllte Vorlage darf höchstens 1.024 Zeichen haben.",
  63024:
    "Der Empfänger ist auf WhatsApp nicht erreichbar. Die Nummer nutzt WhatsApp nicht, oder ihr Besitzer muss WhatsApp aktualisieren und den Bedingungen zustimmen.",
  63027:
    "WhatsApp hat diese Vorlage nicht in dieser Sprache. Prüfe content_sid, und ob WhatsApp die Vorlage genehmigt hat.",
  63028:
    "Die Anzahl der Werte weicht von der Anzahl der Platzhalter in der Vorlage ab. Gib in content_variables für jeden Platzhalter einen Wert an.",
  63032:
    "WhatsApp stellt diesem Empfänger zurzeit nichts zu. Das kannst du nicht ändern. Verwende für diesen Empfänger SMS.",
  63033:
    "Der Empfänger hat deine Werbenachrichten auf WhatsApp abbestellt. Sende eine Vorlage einer anderen Kategorie, zum Beispiel „utility“.",
  63034: "Das Bild oder die Datei ist zu groß. Sende ein Bild oder eine Datei mit höchstens 5 MB.",
  63036:
    "Der Empfänger ist zurzeit nicht per RCS erreichbar. Das Telefon ist ausgeschaltet, ist offline oder unterstützt RCS nicht. Verwende SMS.",
  63038:
    "Dein Konto hat die Höchstzahl an Nachrichten für einen Tag erreicht. Warte einen Tag, oder bitte den Support von Twilio, die Grenze anzuheben.",
  63049:
    "WhatsApp hat entschieden, diese Werbenachricht nicht zuzustellen. Verwende eine Vorlage einer anderen Kategorie, zum Beispiel „utility“.",
  63051:
    "WhatsApp hat dein Geschäftskonto gesperrt, weil es gegen seine Regeln verstoßen hat. Lege über den Support von Twilio Widerspruch ein.",
};
