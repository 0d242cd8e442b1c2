import type { DELIVERY_ERRORS } from "../../en/twilio-errors/delivery.ts";
import type { TranslatedErrors } from "../../en/twilio-errors/explained-error.ts";

export const DELIVERY_ERRORS_DE: TranslatedErrors<typeof DELIVERY_ERRORS> = {
  30001:
    "Zu viele Nachrichten dieses Absenders warteten darauf, gesendet zu werden. Finde heraus, welche Automation so viele Nachrichten sendet, und lass sie weniger senden.",
  30002:
    "Dein Konto wurde gesperrt, bevor die Nachricht gesendet werden konnte. Sieh in der Twilio-Konsole nach: Vielleicht ist das Guthaben aufgebraucht. Wenn nicht, frage den Support von Twilio.",
  30003:
    "Das Telefon war nicht erreichbar. Vielleicht ist es ausgeschaltet, hat keinen Empfang oder kann keine SMS empfangen. Versuche es später erneut.",
  30004:
    "Die Nachricht wurde auf dem Weg zu dieser Nummer blockiert. Vielleicht nimmt die Nummer solche Nachrichten nicht an oder ist ein Festnetzanschluss. Sende die Nachricht nicht noch einmal, denn weitere Versuche können die Sperre verlängern.",
  30005: "Die Nummer ist nicht bekannt; vielleicht gibt es sie nicht mehr. Prüfe die Ziffern.",
  30006:
    "Die Nummer ist ein Festnetzanschluss, oder ihr Netz ist nicht erreichbar. Rufe stattdessen an, oder sende an eine Mobilnummer.",
  30007:
    "Twilio oder das Netz hat die Nachricht als unerwünscht gefiltert. Formuliere sie anders und lass Links weg. In den USA muss deine Nummer für A2P 10DLC registriert sein.",
  30008:
    "Das Netz hat die Nachricht nicht zugestellt und keinen Grund genannt. Versuche es später erneut. Passiert das nur bei einer Nummer, prüfe, ob diese Nummer SMS empfangen kann.",
  30009:
    "Ein Teil einer langen Nachricht ist nicht angekommen, deshalb fehlt die ganze Nachricht. Bitte den Absender, die Nachricht erneut zu senden.",
  30011: "Das Telefon oder die Region unterstützt keine Bilder per MMS. Sende stattdessen einen Link.",
  30017: "Das Netz ist zurzeit überlastet. Versuche es später erneut.",
  30018:
    "Das Land des Empfängers verlangt registrierte Absenderkennungen, und deine ist nicht registriert. Verwende eine Nummer als Absender, oder registriere die Absenderkennung bei Twilio.",
  30019:
    "Die Nachricht ist zu groß für das Netz des Empfängers. Sende ein kleineres Bild oder einen kürzeren Text.",
  30022:
    "Du hast mehr Nachrichten gesendet, als die Netze in den USA für deine Nummer erlauben. Ändere deine Automationen so, dass sie weniger Nachrichten gleichzeitig senden.",
  30023:
    "Die Tagesgrenze eines US-Netzes für deine Nachrichten ist erreicht. Sende die Nachricht nach Mitternacht (US-Pazifikzeit) noch einmal. Dann beginnt die Grenze neu.",
  30024:
    "Das Netz des Empfängers kennt diesen Absender noch nicht. Nach der Registrierung einer Nummer dauert es einige Tage, bis die Netze sie akzeptieren. Bleibt der Fehler, frage den Support von Twilio.",
  30032:
    "Die gebührenfreie Nummer ist nicht bestätigt, deshalb werden ihre Nachrichten in die USA und nach Kanada blockiert. Beantrage die Bestätigung der Nummer (toll-free verification) in der Twilio-Konsole.",
  30033:
    "Die A2P-10DLC-Kampagne, zu der der Absender gehört, ist gesperrt. Frage den Support von Twilio nach dem Grund.",
  30034:
    "Der Absender ist nicht für A2P 10DLC registriert, deshalb blockieren die Netze in den USA seine Nachrichten. Registriere in der Twilio-Konsole unter Trust Hub, Registrations eine Marke (Brand) und eine Kampagne (Campaign), und füge die Nummer der Kampagne hinzu. Oder sende von einer bestätigten gebührenfreien Nummer.",
  30035:
    "Die Registrierung des Absenders für A2P 10DLC ist nicht abgeschlossen. Warte, bis die Twilio-Konsole die Nummer als registriert zeigt.",
  30036:
    "Die Nachricht wurde nicht innerhalb ihrer Gültigkeitsdauer (valid_for) zugestellt. Verlängere valid_for, oder lass valid_for weg.",
  30037:
    "Dein Konto ist so eingestellt, dass es keine Nachrichten sendet. Bitte den Support von Twilio, Nachrichten freizuschalten.",
  30040:
    "Das Netz des Empfängers verlangt registrierte Absenderkennungen und blockiert deine. Verwende eine Nummer als Absender, oder registriere die Absenderkennung bei Twilio.",
  30041:
    "Der Absender ist für das Vereinigte Königreich nicht registriert. Registriere ihn bei Twilio, oder verwende eine andere Nummer als Absender.",
  30042:
    "Die Absenderkennung ist zu allgemein oder enthält Zeichen, die nicht erlaubt sind. Verwende eine Nummer als Absender oder eine andere Absenderkennung.",
  30410:
    "Das Netz hat Twilio nicht rechtzeitig geantwortet. Damit die Nachricht nicht doppelt ankommt, hat Twilio es nicht noch einmal versucht. Versuche es später erneut.",
  30450:
    "Twilio sperrt Nachrichten an diese Nummer für eine Weile, weil es Betrug vermutet (SMS pumping). Warte: Die Sperre endet von selbst, meist innerhalb einer halben Stunde.",
  30453:
    "Twilio stellt an diese Nummer einige Stunden lang nicht zu, weil es Betrug vermutet. Warte: Die Sperre endet von selbst. Endet sie nicht, frage den Support von Twilio.",
  30454:
    "Dein Konto hat seine Höchstzahl an Nachrichten erreicht. Testkonten dürfen nur wenige Nachrichten senden. Warte einen Tag, oder stelle das Konto in der Twilio-Konsole auf ein reguläres Konto um.",
  30485:
    "Twilio stellt an diese Nummer einige Stunden lang nicht zu, weil es Betrug vermutet. Warte: Die Sperre endet von selbst. Endet sie nicht, frage den Support von Twilio.",
  30500:
    "Bei Twilio gab es mit dieser Nachricht einen internen Fehler. Sende sie erneut. Schlägt auch das fehl, sieh auf status.twilio.com nach.",
};
