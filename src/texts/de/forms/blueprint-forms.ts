import type { FormTexts } from "../../en/forms.ts";

/** The forms of the blueprints that raise no alarm. */
export const BLUEPRINT_FORMS_DE: FormTexts = {
  "Twilio: forward messages to other phones": "Twilio: Nachrichten an andere Telefone weiterleiten",
  "Forwards each incoming message to other phones as a text message. If somebody answers a forwarded message, the answer goes to your Twilio number, not to the original sender. A message from one of these phones is not forwarded to the same phone.\n\nTwilio charges for each forwarded message. In the texts, `{{ message.name }}` is the contact's name or the number, and `{{ message.number }}` is the number.":
    "Leitet jede eingehende Nachricht als Textnachricht an andere Telefone weiter. Antwortet jemand auf eine weitergeleitete Nachricht, geht die Antwort an deine Twilio-Nummer, nicht an den ursprünglichen Absender. Eine Nachricht von einem dieser Telefone wird nicht an dasselbe Telefon weitergeleitet.\n\nTwilio berechnet jede weitergeleitete Nachricht. In den Texten ist `{{ message.name }}` der Name des Kontakts oder die Nummer, und `{{ message.number }}` ist die Nummer.",
  "Names of the app's contacts, or phone numbers with country code.":
    "Namen von Kontakten der App oder Telefonnummern mit Ländervorwahl.",
  "Which messages": "Welche Nachrichten",
  "All messages": "Alle Nachrichten",
  "Messages from contacts": "Nachrichten von Kontakten",
  "Messages from strangers": "Nachrichten von Unbekannten",
  Texts: "Texte",
  "Text before the message": "Text vor der Nachricht",
  "From {{ message.name }}:": "Von {{ message.name }}:",
  "Text after a message with pictures": "Text nach einer Nachricht mit Bildern",
  "The pictures themselves are not forwarded.": "Die Bilder selbst werden nicht weitergeleitet.",
  "Pictures: {{ message.pictures }}": "Bilder: {{ message.pictures }}",

  "Twilio: open on a call": "Twilio: Bei Anruf öffnen",
  "A contact calls, and the gate opens. The call is rejected at once, so it costs nothing.\n\nA caller's number can be forged. For anything important, use the blueprint with a PIN.":
    "Ein Kontakt ruft an, und das Tor öffnet sich. Der Anruf wird sofort abgelehnt, deshalb kostet er nichts.\n\nDie Nummer eines Anrufers lässt sich fälschen. Nutze für alles Wichtige den Blueprint mit PIN.",
  "Who may call": "Wer anrufen darf",
  "Names of the app's contacts. If the list is empty, all contacts may.":
    "Namen von Kontakten der App. Ist die Liste leer, dürfen es alle Kontakte.",
  "Only verified numbers": "Nur bestätigte Nummern",
  "Accepts only numbers that the telephone network has verified (STIR/SHAKEN, level A). In the United States and Canada these are most mobile numbers. In other countries there are no such numbers, so the gate opens for nobody.":
    "Nimmt nur Nummern an, die das Telefonnetz bestätigt hat (STIR/SHAKEN, Stufe A). In den USA und Kanada sind das die meisten Mobilnummern. In anderen Ländern gibt es solche Nummern nicht, deshalb öffnet sich das Tor dort für niemanden.",
  Actions: "Aktionen",
  "For example, open the gate.": "Zum Beispiel das Tor öffnen.",

  "Twilio: report a missed call": "Twilio: Verpasste Anrufe melden",
  "Reports calls that no automation answered or rejected, and calls that came while Home Assistant or the app was not running.\n\nIn the actions, `{{ call.name }}` is the contact's name or the number, `{{ call.number }}` is the number, and `{{ call.time }}` is the time of the call.":
    "Meldet Anrufe, die keine Automation angenommen oder abgelehnt hat, und Anrufe, die kamen, während Home Assistant oder die App nicht lief.\n\nIn den Aktionen ist `{{ call.name }}` der Name des Kontakts oder die Nummer, `{{ call.number }}` die Nummer und `{{ call.time }}` die Uhrzeit des Anrufs.",
  "Which calls": "Welche Anrufe",
  "All calls": "Alle Anrufe",
  "Calls from contacts": "Anrufe von Kontakten",
  "Calls from strangers": "Anrufe von Unbekannten",
  "Missed call": "Verpasster Anruf",
  "{{ call.name }} called at {{ call.time }}.": "{{ call.name }} hat um {{ call.time }} Uhr angerufen.",

  "Twilio: menu with a PIN": "Twilio: Menü mit PIN",
  "A contact calls, enters the PIN and chooses an action with the keys 1 to 4.\n\nAfter five wrong PINs in all calls together, the menu is locked. After an hour without a wrong PIN, it is unlocked again. Without this lock, somebody could guess a PIN of four digits. The menu needs a counter. The field “Counter of wrong PINs” below creates the counter: enter a name and leave the other settings as they are. To unlock the menu sooner, reset the counter.":
    "Ein Kontakt ruft an, gibt die PIN ein und wählt mit den Tasten 1 bis 4 eine Aktion.\n\nNach fünf falschen PINs in allen Anrufen zusammen ist das Menü gesperrt. Nach einer Stunde ohne falsche PIN ist es wieder entsperrt. Ohne diese Sperre könnte jemand eine vierstellige PIN erraten. Das Menü braucht einen Zähler. Das Feld „Zähler der falschen PINs“ unten legt den Zähler an: Gib einen Namen ein, und lass die anderen Einstellungen, wie sie sind. Um das Menü früher zu entsperren, setze den Zähler zurück.",
  PIN: "PIN",
  "At least four digits.": "Mindestens vier Ziffern.",
  "Counter of wrong PINs": "Zähler der falschen PINs",
  "A counter that nothing else uses. It keeps its value when Home Assistant restarts.":
    "Ein Zähler, den nichts anderes nutzt. Er behält seinen Wert, wenn Home Assistant neu startet.",
  "A caller's number can be forged. With this setting, the menu accepts only numbers that the telephone network has verified (STIR/SHAKEN, level A). In the United States and Canada these are most mobile numbers. In other countries there are no such numbers, so nobody can use the menu.":
    "Die Nummer eines Anrufers lässt sich fälschen. Mit dieser Einstellung nimmt das Menü nur Nummern an, die das Telefonnetz bestätigt hat (STIR/SHAKEN, Stufe A). In den USA und Kanada sind das die meisten Mobilnummern. In anderen Ländern gibt es solche Nummern nicht, deshalb kann dort niemand das Menü nutzen.",
  Menu: "Menü",
  "The text that is spoken after the right PIN. It may contain templates.":
    "Der Text, der nach der richtigen PIN gesprochen wird. Er darf Templates enthalten.",
  "Press 1 to open the gate.": "Drücke die 1, um das Tor zu öffnen.",
  "Key 1": "Taste 1",
  "Key 2": "Taste 2",
  "Key 3": "Taste 3",
  "Key 4": "Taste 4",
  Confirmation: "Bestätigung",
  "The text that is spoken after the actions. It may contain templates.":
    "Der Text, der nach den Aktionen gesprochen wird. Er darf Templates enthalten.",
  "The text that is spoken after the actions. A key without this text does nothing.":
    "Der Text, der nach den Aktionen gesprochen wird. Eine Taste ohne diesen Text tut nichts.",
  "Done.": "Erledigt.",
  Greeting: "Begrüßung",
  "After a wrong PIN": "Nach einer falschen PIN",
  "That was wrong.": "Das war falsch.",
  "After too many wrong PINs": "Nach zu vielen falschen PINs",
  "There were too many wrong PINs. Try again in an hour.":
    "Es gab zu viele falsche PINs. Versuche es in einer Stunde noch einmal.",
  "After a key without actions": "Nach einer Taste ohne Aktionen",
  "This key does nothing.": "Diese Taste ist nicht belegt.",
  "After a failure": "Nach einem Fehler",
  "That did not work.": "Das hat nicht funktioniert.",
  Goodbye: "Verabschiedung",
  "Goodbye.": "Auf Wiederhören.",
  Alert: "Warnung",
  "Actions when the menu is locked": "Aktionen, wenn das Menü gesperrt ist",
  "`{{ caller.name }}` is the contact who entered the last wrong PIN, `{{ caller.number }}` is the number.":
    "`{{ caller.name }}` ist der Kontakt, der die letzte falsche PIN eingegeben hat, `{{ caller.number }}` ist die Nummer.",
  "Too many wrong PINs": "Zu viele falsche PINs",
  "Five wrong PINs were entered by phone, the last one by {{ caller.name }} ({{ caller.number }}). The menu is locked for an hour.":
    "Am Telefon wurden fünf falsche PINs eingegeben, die letzte von {{ caller.name }} ({{ caller.number }}). Das Menü ist eine Stunde lang gesperrt.",

  "Twilio: commands by text message": "Twilio: Befehle per Textnachricht",
  "A contact sends a word as a text message. Home Assistant runs the actions for this word and answers. Strangers get no answer. The automation ignores capital letters, spaces around the word and a full stop after it.\n\nIf Home Assistant stops while it handles a message, the actions are not run a second time.":
    "Ein Kontakt sendet ein Wort als Textnachricht. Home Assistant führt die Aktionen zu diesem Wort aus und antwortet. Unbekannte bekommen keine Antwort. Großbuchstaben, Leerzeichen um das Wort und ein Punkt danach spielen keine Rolle.\n\nStoppt Home Assistant, während es eine Nachricht bearbeitet, werden die Aktionen kein zweites Mal ausgeführt.",
  "Who may send commands": "Wer Befehle senden darf",
  "Command 1": "Befehl 1",
  "Command 2": "Befehl 2",
  "Command 3": "Befehl 3",
  "Command 4": "Befehl 4",
  Word: "Wort",
  'One word or several, such as "open gate".': "Ein Wort oder mehrere, z. B. „Tor auf“.",
  Answer: "Antwort",
  "The text may contain templates: \"It is {{ states('sensor.outside') }} degrees.\" If the field is empty, no answer is sent.":
    "Der Text darf Templates enthalten: „Es sind {{ states('sensor.outside') }} Grad.“ Ist das Feld leer, wird keine Antwort gesendet.",
  "Answer to any other word": "Antwort auf jedes andere Wort",
  "The list of words follows this text. If the field is empty, no answer is sent.":
    "Nach diesem Text folgt die Liste der Wörter. Ist das Feld leer, wird keine Antwort gesendet.",
  "I know these words:": "Ich kenne diese Wörter:",
  "Answer after a failure": "Antwort nach einem Fehler",

  "Twilio: report a message": "Twilio: Nachrichten melden",
  "Tells you about each incoming message. The automation shows a notification in Home Assistant, or runs other actions, such as a notification on your phone.\n\nIn the actions, `{{ message.name }}` is the contact's name or the number, `{{ message.number }}` is the number, and `{{ message.text }}` is the text. `{{ message.pictures }}` is the number of pictures.":
    "Meldet dir jede eingehende Nachricht. Die Automation zeigt eine Benachrichtigung in Home Assistant oder führt andere Aktionen aus, z. B. eine Benachrichtigung auf deinem Telefon.\n\nIn den Aktionen ist `{{ message.name }}` der Name des Kontakts oder die Nummer, `{{ message.number }}` die Nummer und `{{ message.text }}` der Text. `{{ message.pictures }}` ist die Anzahl der Bilder.",
  "A message that came while Home Assistant was not running is reported later.":
    "Eine Nachricht, die kam, während Home Assistant nicht lief, wird später gemeldet.",
  "Message from {{ message.name }}": "Nachricht von {{ message.name }}",

  "Twilio: voicemail": "Twilio: Anrufbeantworter",
  "Answers a call, records a message after the beep, and notifies you.\n\nIn the actions, `{{ voicemail.name }}` is the contact's name or the number, and `{{ voicemail.number }}` is the number. `{{ voicemail.seconds }}` is the length, and `{{ voicemail.link }}` is the address of the recording. If your Twilio account protects recordings, the link asks for the Account SID and the Auth Token.":
    "Nimmt einen Anruf an, nimmt nach dem Signalton eine Nachricht auf und benachrichtigt dich.\n\nIn den Aktionen ist `{{ voicemail.name }}` der Name des Kontakts oder die Nummer, und `{{ voicemail.number }}` ist die Nummer. `{{ voicemail.seconds }}` ist die Länge, und `{{ voicemail.link }}` ist die Adresse der Aufnahme. Schützt dein Twilio-Konto Aufnahmen, fragt der Link nach Account SID und Auth Token.",
  "Who may leave a message": "Wer eine Nachricht hinterlassen darf",
  "This automation does not answer calls from other people. Another automation can answer them.":
    "Diese Automation nimmt Anrufe anderer Personen nicht an. Eine andere Automation kann sie annehmen.",
  Contacts: "Kontakte",
  Strangers: "Unbekannte",
  "In many places it must say that the call is recorded.":
    "Vielerorts muss sie sagen, dass der Anruf aufgenommen wird.",
  "Nobody can take your call at the moment. Please leave a message after the beep.":
    "Gerade kann niemand deinen Anruf annehmen. Bitte hinterlasse nach dem Signalton eine Nachricht.",
  "Longest message": "Längste Nachricht",
  "The language of the greeting, such as en-GB. If this field is empty, the app's language is used.":
    "Die Sprache der Begrüßung, z. B. de-AT. Ist das Feld leer, gilt die Sprache der App.",
  Voicemail: "Neue Sprachnachricht",
  "{{ voicemail.name }}, {{ voicemail.seconds }} seconds: [listen]({{ voicemail.link }})":
    "{{ voicemail.name }}, {{ voicemail.seconds }} Sekunden: [anhören]({{ voicemail.link }})",
};
