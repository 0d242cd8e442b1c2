import type { ExamplesTexts } from "../en/examples.ts";

export const EXAMPLES_DE: ExamplesTexts = {
  title: "Automation für ein eingetroffenes Ereignis",
  intro:
    "Wähle ein Ereignis. Die Automation darunter wird ausgelöst, sobald wieder ein Ereignis dieser Art eintrifft.",
  choose: "Ereignis, das die Automation auslöst",
  none: "Es ist noch nichts eingetroffen. Rufe deine Twilio-Nummer an oder sende ihr eine Nachricht, und lade dann diese Seite neu.",
  automation: "Automation",
  yourDoing:
    "Diese Automation zeigt eine Benachrichtigung an. Ersetze ihre Aktion durch das, was dein Zuhause tun soll.",
  howTo:
    "In Home Assistant: Einstellungen → Automationen & Szenen → Automation erstellen → Neue Automation erstellen. Wähle dann im Menü (⋮) „In YAML bearbeiten“ und füge den Text ein.",
  forged:
    "Die Nummer eines Anrufers kann gefälscht sein. Verlange für Türen und Alarmanlagen eine PIN. Das Beispiel „Telefongespräch“ unten zeigt, wie du nach einer Tasteneingabe fragst.",
  actions: "Aktionen",
  actionsHowTo:
    "In einer Automation oder einem Skript: „Aktion hinzufügen“, dann im Menü der Aktion (⋮) „In YAML bearbeiten“, und den Text einfügen.",
  send: "Eine Nachricht senden",
  talk: "Automation: Telefongespräch",
  talkNote: "Wenn einer deiner Kontakte anruft, stellt die App eine Frage und wartet auf einen Tastendruck.",
  notify: "Benachrichtigungsdienste",
  notifyHowTo:
    "Diese Zeilen legen die Aktionen notify.<Name> an, die die App ausführt. Füge sie in configuration.yaml ein und starte Home Assistant neu.",
  notifyNone:
    "In den Optionen der App gibt es keine Benachrichtigungsdienste. Neue Automationen brauchen auch keine. Die Aktion script.twilio_send_message gibt ein Ergebnis zurück und bricht die Automation mit einem Fehler ab, wenn die Nachricht fehlschlägt. Benachrichtigungsdienste sind für Automationen gedacht, die bereits notify.<Name> aufrufen.",
  yaml: {
    call: (who) => `${who} ruft an`,
    message: (who) => `Nachricht von ${who}`,
    keys: (who) => `${who} drückt eine Taste am Telefon`,
    speech: (who) => `${who} sagt etwas am Telefon`,
    other: "Webhook von Twilio",
    messageStatus: (status) => `Neuer Status einer Nachricht: ${status}`,
    callStatus: (status) => `Neuer Status eines Anrufs: ${status}`,
    recording: "Eine Aufnahme ist fertig",
    failed: "Twilio: Ein Auftrag ist fehlgeschlagen",
    succeeded: "Twilio: Ein Auftrag war erfolgreich",
    somebody: "Jemand",
    contact: "Alice",
    sendText: "Jemand ist an der Tür.",
    talkAlias: "Telefongespräch",
    question: "Hallo. Drücke die 1, um das Tor zu öffnen.",
    thanks: "Das Tor öffnet sich. Auf Wiederhören.",
    goodbye: "Das Tor bleibt geschlossen. Auf Wiederhören.",
    chose: "Der Anrufer hat die 1 gedrückt",
  },
};
