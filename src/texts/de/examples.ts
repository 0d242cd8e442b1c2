import type { ExamplesTexts } from "../en/examples.ts";

export const EXAMPLES_DE: ExamplesTexts = {
  title: "Automation für ein aktuelles Ereignis",
  intro:
    "Wählen Sie ein Ereignis. Die Automation darunter wird ausgelöst, sobald wieder ein Ereignis dieser Art eintrifft.",
  choose: "Ereignis, das die Automation auslöst",
  none: "Es ist noch nichts eingetroffen. Rufen Sie Ihre Twilio-Nummer an oder senden Sie ihr eine Nachricht, und laden Sie dann diese Seite neu.",
  automation: "Automation",
  yourDoing:
    "Sie zeigt eine Benachrichtigung an. Ersetzen Sie diese Aktion durch das, was Ihr Zuhause tun soll.",
  howTo:
    "In Home Assistant: Einstellungen → Automationen & Szenen → Automation erstellen → Neue Automation erstellen. Wählen Sie dann im Menü (⋮) „In YAML bearbeiten“ und fügen Sie den Text ein.",
  forged:
    "Die Nummer eines Anrufers kann gefälscht sein. Verlangen Sie für Türen und Alarmanlagen eine PIN. Das Telefongespräch unten zeigt, wie Sie Tasteneingaben abfragen.",
  actions: "Aktionen",
  actionsHowTo:
    "In einer Automation oder einem Skript: „Aktion hinzufügen“, dann im Menü der Aktion (⋮) „In YAML bearbeiten“, und den Text einfügen.",
  send: "Eine Nachricht senden",
  talk: "Automation: Telefongespräch",
  talkNote: "Wenn einer Ihrer Kontakte anruft, stellt die App eine Frage und wartet auf einen Tastendruck.",
  notify: "Notifier",
  notifyHowTo:
    "Diese Zeilen legen die Aktionen notify.<Name> an, die die App ausführt. Fügen Sie sie in configuration.yaml ein und starten Sie Home Assistant neu.",
  notifyNone:
    "In den Optionen der App gibt es keine Notifier, und Sie brauchen auch keine. Die Aktion script.twilio_send_message gibt ein Ergebnis zurück und bricht die Automation mit einem Fehler ab, wenn die Nachricht fehlschlägt. Notifier sind für Automationen gedacht, die bereits notify.<Name> aufrufen.",
  yaml: {
    call: (who) => `${who} ruft an`,
    message: (who) => `Nachricht von ${who}`,
    keys: (who) => `${who} drückt eine Taste am Telefon`,
    speech: (who) => `${who} sagt etwas am Telefon`,
    other: "Webhook von Twilio",
    messageStatus: (status) => `Status einer Nachricht: ${status}`,
    callStatus: (status) => `Status eines Anrufs: ${status}`,
    recording: "Eine Aufnahme ist fertig",
    failed: "Twilio: Eine Anforderung ist fehlgeschlagen",
    succeeded: "Twilio: Eine Anforderung war erfolgreich",
    somebody: "Jemand",
    contact: "Alice",
    sendText: "Jemand ist an der Tür.",
    talkAlias: "Telefongespräch",
    question: "Hallo. Drücken Sie die 1, um das Tor zu öffnen.",
    thanks: "Das Tor öffnet sich. Auf Wiederhören.",
    goodbye: "Das Tor bleibt geschlossen. Auf Wiederhören.",
    chose: "Der Anrufer hat die 1 gedrückt",
  },
};
