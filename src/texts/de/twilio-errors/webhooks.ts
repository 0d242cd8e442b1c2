import type { TranslatedErrors } from "../../en/twilio-errors/explained-error.ts";
import type { WEBHOOK_ERRORS } from "../../en/twilio-errors/webhooks.ts";

export const WEBHOOK_ERRORS_DE: TranslatedErrors<typeof WEBHOOK_ERRORS> = {
  11100:
    "Eine Adresse, die Twilio verwenden soll, ist keine gültige URL. Schreibe sie vollständig, mit https:// am Anfang.",
  11200:
    "Twilio hat von einer Adresse keine brauchbare Antwort bekommen. Prüfe, ob die Adresse in der Twilio-Konsole stimmt und aus dem Internet erreichbar ist. Das Protokoll der App zeigt, welche Anfragen die App abgewiesen hat.",
  11201:
    "Twilio konnte sich nicht rechtzeitig mit einer Adresse verbinden. Prüfe die Portfreigabe, den Tunnel oder den Proxy, der zur App führt.",
  11202:
    "Die Verbindung zu einer Adresse wurde abgewiesen. Prüfe, ob die App läuft. Prüfe dann die Portfreigabe, den Tunnel oder den Proxy, der zur App führt.",
  11203:
    "Eine Adresse hat Twilio nicht rechtzeitig geantwortet. Prüfe, ob die App läuft. Prüfe dann den Tunnel oder Proxy, der zur App führt.",
  11205:
    "Twilio konnte sich nicht mit einer Adresse verbinden. Prüfe die Portfreigabe, den Tunnel oder den Proxy, der zur App führt. Die Adresse muss im Internet liegen, nicht in deinem Heimnetz.",
  11206:
    "Der Server unter einer Adresse antwortet nicht mit gültigem HTTP. Prüfe den Proxy. Adressen mit https:// müssen zu einem Port mit TLS führen.",
  11210:
    "Der Name in einer Adresse ist im Internet nicht bekannt. Prüfe die Schreibweise des Namens und deine DNS-Einstellungen.",
  11215:
    "Eine Adresse leitet Twilio in einer Schleife weiter. Prüfe die Weiterleitungen des Proxys, und trage die endgültige Adresse in der Twilio-Konsole ein.",
  11217:
    "Der Server unter einer Adresse hat Twilio mit einem Fehler geantwortet. Prüfe, ob die Adresse in der Twilio-Konsole stimmt. Das Protokoll der App zeigt, welche Anfragen die App abgewiesen hat.",
  11220:
    "Twilio konnte mit einer Adresse keine verschlüsselte Verbindung aufbauen. Prüfe die TLS-Einstellungen des Proxys. Twilio braucht TLS 1.2 oder neuer.",
  11235:
    "Das Zertifikat unter einer Adresse gilt für einen anderen Namen. Besorge ein Zertifikat für den Hostnamen in dieser Adresse.",
  11236: "Das Zertifikat unter einer Adresse ist abgelaufen. Erneuere das Zertifikat.",
  11237:
    "Twilio vertraut dem Zertifikat unter einer Adresse nicht. Verwende eines einer öffentlichen Stelle wie Let's Encrypt, mit vollständiger Kette.",
  11750:
    "Das Dokument für einen Anruf oder eine Nachricht ist größer als 64 kB. Prüfe, ob die Adresse TwiML (Anweisungen für Twilio) liefert, und kürze dieses Dokument.",
  11751:
    "Ein Bild oder eine Datei ist zu groß für den Kanal. Sende ein kleineres Bild oder eine kleinere Datei. Per MMS sind höchstens 5 MB möglich.",
  12100:
    "Twilio konnte die Anweisungen (TwiML) für einen Anruf oder eine Nachricht nicht lesen. Prüfe, ob die Adresse wohlgeformtes XML liefert. Schreibe & als &amp;.",
  12200:
    "Die Anweisungen (TwiML) für einen Anruf oder eine Nachricht enthalten etwas, das Twilio nicht kennt. Prüfe die Schreibweise der Elemente und Attribute.",
  12300:
    "Twilio kann den Typ einer Datei oder Antwort nicht verwenden. Prüfe, ob die Adresse TwiML, einen Ton oder ein Bild liefert und den Typ in Content-Type nennt.",
  13214:
    "Die Nummer, die bei einem weitergeleiteten Anruf angezeigt werden soll, ist nicht erlaubt. Verwende eine Nummer deines Kontos oder eine Nummer, die in der Twilio-Konsole unter Verified Caller IDs bestätigt ist.",
  13223:
    "Ein Anruf sollte an eine ungültige Nummer weitergeleitet werden. Schreibe sie mit + und der Ländervorwahl.",
  13224:
    "Ein Anruf sollte an eine Nummer weitergeleitet werden, die Twilio nicht anrufen kann. Prüfe die Ziffern, und schreibe sie mit + und der Ländervorwahl.",
  13225:
    "Twilio sperrt die Nummer, an die ein Anruf weitergeleitet werden sollte. Wenn du diese Nummer anrufen musst, frage den Support von Twilio.",
  13227:
    "Dein Konto darf das Land nicht anrufen, in das ein Anruf weitergeleitet werden sollte. Erlaube das Land in der Twilio-Konsole in den geografischen Berechtigungen für Anrufe.",
  13520: "Es gab keinen Text zum Sprechen. Prüfe, ob das Template der Automation einen Text liefert.",
  13521:
    "Der Text zum Sprechen ist zu lang. Kürze den Text: Manche Stimmen akzeptieren 3.000 Zeichen, andere 4.096.",
};
