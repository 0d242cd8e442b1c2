import type { FormTexts } from "../../en/forms.ts";

/** The forms of script.twilio_send_message, script.twilio_make_call and script.twilio_talk. */
export const SCRIPT_FORMS_DE: FormTexts = {
  "Installed by the Twilio app, version {version} · {hash}. If you edit this script, the app no longer updates it.":
    "Von der Twilio-App installiert, Version {version} · {hash}. Wenn du dieses Skript bearbeitest, aktualisiert die App es nicht mehr.",

  "Twilio: send a message": "Twilio: Nachricht senden",
  "Sends an SMS, MMS or WhatsApp message through Twilio and returns the result.":
    "Sendet eine SMS, MMS oder WhatsApp-Nachricht über Twilio und gibt das Ergebnis zurück.",
  To: "An",
  "A phone number with its country code, or the name of one of the app's contacts. Several are possible.":
    "Eine Telefonnummer mit Ländervorwahl oder der Name eines Kontakts der App. Mehrere sind möglich.",
  Message: "Nachricht",
  "The text, up to 1,600 characters. Optional if you send media or a template.":
    "Der Text, bis zu 1.600 Zeichen. Nicht nötig, wenn du Medien oder eine Vorlage sendest.",
  "The washing machine is done.": "Die Waschmaschine ist fertig.",
  Media: "Medien",
  "Pictures or files to attach. Each is a web address, a camera, an image entity or a media source.":
    "Bilder oder Dateien zum Anhängen: jeweils eine Webadresse, eine Kamera, eine Bild-Entität oder eine Medienquelle.",
  Sender: "Absender",
  "One of your Twilio numbers, a Messaging Service (MG…) or a sender ID. If this field is empty, the app's default sender is used.":
    "Eine deiner Twilio-Nummern, ein Messaging Service (MG…) oder eine Absenderkennung. Ist das Feld leer, gilt der Standardabsender der App.",
  Channel: "Kanal",
  "How the message is sent. WhatsApp needs a sender that is registered for it. Default: sms.":
    "Wie die Nachricht gesendet wird. WhatsApp braucht einen dafür registrierten Absender. Standard: sms.",
  "SMS or MMS": "SMS oder MMS",
  WhatsApp: "WhatsApp",
  "Wait for": "Warten auf",
  "The status that the automation waits for. Default: accepted.":
    "Der Status, auf den die Automation wartet. Standard: accepted.",
  "The status that the automation waits for. Default: queued.":
    "Der Status, auf den die Automation wartet. Standard: queued.",
  "Accepted by Twilio": "Von Twilio angenommen",
  Sent: "Gesendet",
  Delivered: "Zugestellt",
  "On error": "Bei einem Fehler",
  "What happens after a failure. The automation stops, or it continues and the response has ok: false. Default: stop.":
    "Was nach einem Fehler geschieht. Die Automation bricht ab, oder sie läuft weiter und die Antwort enthält ok: false. Standard: stop.",
  "Stop the automation": "Automation abbrechen",
  "Continue with the response": "Mit der Antwort weitermachen",
  Timeout: "Zeitlimit",
  "How many seconds to wait at most. Nothing is sent after that time. Default: 20, or 30 for `sent` and 60 for `delivered`.":
    "Wie viele Sekunden höchstens gewartet wird. Danach wird nichts mehr gesendet. Standard: 20, bei `sent` 30 und bei `delivered` 60.",
  Template: "Vorlage",
  "A content template of your Twilio account (HX…). WhatsApp requires one if the recipient has not written to you within 24 hours.":
    "Eine Inhaltsvorlage deines Twilio-Kontos (HX…). WhatsApp verlangt eine, wenn der Empfänger dir in den letzten 24 Stunden nicht geschrieben hat.",
  "Template variables": "Variablen der Vorlage",
  "The values of the template's placeholders.": "Die Werte für die Platzhalter der Vorlage.",
  '{"1": "Alice", "2": "6 pm"}': '{"1": "Alice", "2": "18 Uhr"}',
  "Send at": "Senden um",
  "When Twilio sends the message, 15 minutes to 35 days from now. Needs a Messaging Service as sender.":
    "Wann Twilio die Nachricht sendet, in 15 Minuten bis 35 Tagen. Dazu muss der Absender ein Messaging Service sein.",
  "Valid for": "Gültig für",
  "Twilio stops trying to send the message after this many seconds.":
    "Nach so vielen Sekunden versucht Twilio nicht mehr, die Nachricht zu senden.",

  "Twilio: make a call": "Twilio: Anrufen",
  "Calls people through Twilio, speaks a text or plays a sound, can ask for keys or words, and returns the result.":
    "Ruft über Twilio an, spricht einen Text oder spielt einen Ton ab, kann nach Tasten oder Worten fragen und gibt das Ergebnis zurück.",
  Say: "Sagen",
  "The text that is spoken when the call is answered. Use only one of the fields Say, Play, TwiML and TwiML address.":
    "Der Text, der gesprochen wird, wenn jemand abnimmt. Nutze nur eines der Felder Sagen, Abspielen, TwiML und TwiML-Adresse.",
  "Water has been found in the cellar.": "Im Keller wurde Wasser entdeckt.",
  Repeat: "Wiederholungen",
  "How many times the text is spoken or the sound is played. With `ask`, how many times the question is asked at most. Default: 1.":
    "Wie oft der Text gesprochen oder der Ton abgespielt wird. Mit `ask`: wie oft die Frage höchstens gestellt wird. Standard: 1.",
  Answered: "Angenommen",
  Ended: "Beendet",
  "How many seconds to wait at most. No call is started after that time. Default: 20; for `answered`, and with `ask` or `then: talk`, `ring_seconds` plus 20; for `completed`, `ring_seconds` plus 620. With `ask`, add `answer_seconds` plus 60 for each time that the question may be asked (`repeat`).":
    "Wie viele Sekunden höchstens gewartet wird. Danach wird niemand mehr angerufen. Standard: 20; bei `answered`, `ask` und `then: talk` sind es `ring_seconds` plus 20, bei `completed` `ring_seconds` plus 620. Mit `ask` kommt für jedes Mal, das die Frage gestellt werden darf (`repeat`), `answer_seconds` plus 60 dazu.",
  Ask: "Fragen nach",
  "How the other person answers after the text. The response has the answer as `input`: a text, even if it consists of digits.":
    "Wie die andere Person nach dem Text antwortet. Die Antwort der Aktion enthält die Eingabe als `input`: als Text, auch wenn sie aus Ziffern besteht.",
  Keys: "Tasten",
  Words: "Worte",
  "Keys or words": "Tasten oder Worte",
  Digits: "Ziffern",
  "How many digits the input has. The last digit ends the input. If this field is empty, the finish key or silence ends the input.":
    "Wie viele Ziffern die Eingabe hat. Die letzte Ziffer beendet die Eingabe. Ist das Feld leer, beendet die Abschlusstaste oder Stille die Eingabe.",
  Then: "Danach",
  "What happens after the text and the answer. The call ends, or the app keeps the call open for script.twilio_talk. Default: hang_up.":
    "Was nach dem Text und der Eingabe geschieht. Der Anruf endet, oder die App hält ihn für script.twilio_talk offen. Standard: hang_up.",
  "Hang up": "Auflegen",
  "Keep the call open for script.twilio_talk": "Anruf für script.twilio_talk offen halten",
  Voice: "Stimme",
  "The Twilio voice that speaks the text.": "Die Stimme von Twilio, die den Text spricht.",
  Language: "Sprache",
  "The language of the text. If this field is empty, the app's language is used.":
    "Die Sprache des Textes. Ist das Feld leer, gilt die Sprache der App.",
  "One of your Twilio numbers. If this field is empty, the app's default sender is used.":
    "Eine deiner Twilio-Nummern. Ist das Feld leer, gilt der Standardabsender der App.",
  "Ring for": "Klingeln lassen",
  "How many seconds the phone rings before Twilio gives up. Default: 30.":
    "Wie viele Sekunden das Telefon klingelt, bevor Twilio aufgibt. Standard: 30.",
  "Dial after answering": "Nach dem Abnehmen wählen",
  "Keys that Twilio dials when the call is answered, for example an extension: 0 to 9, * and #. Each w is a pause of half a second. Not possible with `detect_machine`.":
    "Tasten, die Twilio wählt, sobald jemand abnimmt, zum Beispiel eine Durchwahl: 0 bis 9, * und #. Jedes w ist eine Pause von einer halben Sekunde. Nicht zusammen mit `detect_machine`.",
  Record: "Aufnehmen",
  "Whether the call is recorded. In many places you must tell the people on the call. Default: false.":
    "Ob der Anruf aufgenommen wird. Vielerorts musst du das den Personen am Telefon sagen. Standard: false.",
  "Detect an answering machine": "Anrufbeantworter erkennen",
  "Whether Twilio detects if a person or an answering machine has answered. Twilio charges for this. Default: false.":
    "Ob Twilio erkennt, ob eine Person oder ein Anrufbeantworter abgenommen hat. Twilio berechnet das. Standard: false.",
  "Finish on key": "Abschlusstaste",
  "The key that ends the input: one of 0 to 9, * and #. It is not part of the input. With `none`, no key ends the input. Default: #.":
    "Die Taste, die die Eingabe beendet: 0 bis 9, * oder #. Sie gehört nicht zur Eingabe. Bei `none` beendet keine Taste die Eingabe. Standard: #.",
  Hints: "Erwartete Worte",
  "Words that the person will probably say. They help Twilio to recognise these words.":
    "Worte, die die Person wahrscheinlich sagt. Twilio erkennt sie dann besser.",
  '["open the gate", "close the gate"]': '["Tor öffnen", "Tor schließen"]',
  "Wait for the answer": "Auf die Eingabe warten",
  "After how many seconds of silence the input ends. Default: 5.":
    "Nach wie vielen Sekunden Stille die Eingabe endet. Standard: 5.",
  Play: "Abspielen",
  "A sound to play instead of a text: a web address or a media source.":
    "Ein Ton anstelle eines Textes: eine Webadresse oder eine Medienquelle.",
  TwiML: "TwiML",
  "TwiML (instructions for Twilio) for the call, instead of a text.":
    "TwiML (Anweisungen für Twilio) für den Anruf, anstelle eines Textes.",
  "TwiML address": "TwiML-Adresse",
  "A web address from which Twilio fetches TwiML, instead of a text.":
    "Eine Webadresse, von der Twilio TwiML abruft, anstelle eines Textes.",

  "Twilio: talk on a call": "Twilio: Am Telefon sprechen",
  "Says, plays or asks something on an active phone call. The action ends when that is done. Several of these actions make a conversation.":
    "Sagt, spielt oder fragt etwas in einem laufenden Anruf. Die Aktion endet, wenn das erledigt ist. Mehrere solche Aktionen ergeben ein Gespräch.",
  Call: "Anruf",
  "The CallSid of the call. The event of an incoming call and the response of script.twilio_make_call contain it.":
    "Die CallSid des Anrufs. Das Ereignis eines eingehenden Anrufs und die Antwort von script.twilio_make_call enthalten sie.",
  "The text that is spoken. With `ask`, this is the question.":
    "Der Text, der gesprochen wird. Mit `ask` ist er die Frage.",
  "Your PIN, please.": "Deine PIN, bitte.",
  "What happens to the call after this step. You can reject a call only before it is answered. Twilio does not charge for a rejected call. Default: wait.":
    "Was nach diesem Schritt mit dem Anruf geschieht. Du kannst einen Anruf nur ablehnen, bevor er angenommen ist. Twilio berechnet einen abgelehnten Anruf nicht. Standard: wait.",
  "Wait for the next step": "Auf den nächsten Schritt warten",
  "Reject the call without answering it": "Ablehnen, ohne anzunehmen",
  "Records what the caller says after a beep, for at most this many seconds. The response has the recording's address. In many places you must tell the caller.":
    "Nimmt höchstens so viele Sekunden lang auf, was der Anrufer nach dem Signalton sagt. Die Antwort enthält die Adresse der Aufnahme. Vielerorts musst du das dem Anrufer sagen.",
  "Forward to": "Weiterleiten an",
  "Connects the caller with this phone number or contact. The step ends when the forwarded call is over. The response says how that call ended.":
    "Verbindet den Anrufer mit dieser Telefonnummer oder diesem Kontakt. Der Schritt endet, wenn das weitergeleitete Gespräch zu Ende ist. In der Antwort steht, wie dieses Gespräch endete.",
  "How many times the text is spoken. With `ask`, how many times the question is asked at most until somebody answers. Default: 1.":
    "Wie oft der Text gesprochen wird. Mit `ask`: wie oft die Frage höchstens gestellt wird, bis jemand antwortet. Standard: 1.",
  "The language that is spoken and understood. If this field is empty, the app's language is used.":
    "Die Sprache, die gesprochen und verstanden wird. Ist das Feld leer, gilt die Sprache der App.",
  "How many seconds to wait at most for the end of the step. Default: 300, or the recording time plus 60 if that is longer, or 14,460 (four hours) for a forwarded call.":
    "Wie viele Sekunden höchstens auf das Ende des Schritts gewartet wird. Standard: 300, oder die Aufnahmezeit plus 60, wenn das länger ist, oder 14.460 (vier Stunden) bei einem weitergeleiteten Anruf.",
  Hold: "Halten",
  "How many seconds the app keeps Twilio's request open while it waits for the next step. Then Twilio asks again. Default: 8.":
    "Wie viele Sekunden die App eine Anfrage von Twilio offen hält, während sie auf den nächsten Schritt wartet. Danach fragt Twilio erneut. Standard: 8.",
  Silence: "Stille",
  "How many seconds the caller may hear nothing while your automation decides on the next step. Then the app says goodbye. Default: 30.":
    "Wie viele Sekunden der Anrufer nichts hören darf, während deine Automation den nächsten Schritt wählt. Danach verabschiedet sich die App. Standard: 30.",
};
