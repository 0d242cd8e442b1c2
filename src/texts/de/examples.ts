import type { ExamplesTexts } from "../en/examples.ts";

export const EXAMPLES_DE: ExamplesTexts = {
  title: "Eine Automation für das, was gerade geschah",
  intro: "Wählen Sie etwas, das ankam. Die Automation darunter startet, sooft dergleichen wieder kommt.",
  chosen: "gewählt",
  choose: "Womit sie starten soll",
  none: "Noch ist nichts angekommen. Rufen Sie Ihre Twilio-Nummer an oder schreiben Sie ihr und laden Sie diese Seite neu.",
  automation: "Automation",
  yourDoing: "Sie zeigt eine Benachrichtigung. Ersetzen Sie diese durch das, was Ihr Zuhause tun soll.",
  howTo:
    "In Home Assistant: Einstellungen → Automationen & Szenen → Automation erstellen → Neue Automation erstellen. Wählen Sie dann im Menü (⋮) „In YAML bearbeiten“ und fügen Sie sie ein.",
  forged:
    "Die Nummer eines Anrufers lässt sich fälschen. Fragen Sie für Türen und Alarmanlagen nach einer PIN, wie im Beispiel für ein Gespräch.",
  actions: "Aktionen",
  actionsHowTo:
    "In einer Automation oder einem Skript: Aktion hinzufügen, dann in deren Menü (⋮) „In YAML bearbeiten“ und einfügen.",
  send: "Eine Nachricht senden",
  talk: "Automation: ein Gespräch am Telefon",
  talkNote: "Wer von Ihren Kontakten anruft, hört eine Frage und drückt eine Taste.",
  notify: "Notifier",
  notifyHowTo:
    "Damit gibt es notify.<Name>, worauf die App hört. Fügen Sie dies zu configuration.yaml hinzu und starten Sie Home Assistant einmal neu.",
  notifyNone:
    "In den Optionen der App stehen keine Notifier, und Sie brauchen keine: Die Aktion script.twilio_send_message antwortet und lässt die Automation scheitern, wenn ihre Nachricht scheitert. Notifier sind für Automationen, die schon notify.<Name> aufrufen.",
  yaml: {
    call: (who) => `${who} ruft an`,
    message: (who) => `Nachricht von ${who}`,
    keys: (who) => `${who} drückt eine Taste am Telefon`,
    speech: (who) => `${who} sagt etwas am Telefon`,
    other: "Twilio sendet etwas",
    messageStatus: (status) => `Status einer Nachricht: ${status}`,
    callStatus: (status) => `Status eines Anrufs: ${status}`,
    recording: "Eine Aufnahme ist fertig",
    failed: "Twilio: Etwas ist fehlgeschlagen",
    succeeded: "Twilio: Etwas wurde gesendet",
    somebody: "Jemand",
    contact: "Alice",
    sendText: "Jemand ist an der Tür.",
    talkAlias: "Ein Gespräch am Telefon",
    question: "Hallo. Drücken Sie die 1, um das Tor zu öffnen.",
    thanks: "Das Tor öffnet sich. Auf Wiederhören.",
    goodbye: "Es ist nichts geschehen. Auf Wiederhören.",
    chose: "Der Anrufer hat die 1 gedrückt",
  },
};
