import type { ContactsTexts } from "../en/contacts.ts";

export const CONTACTS_DE: ContactsTexts = {
  title: "Kontakte",
  back: "Alle Unterhaltungen",
  list: "Deine Kontakte",
  none: "Noch keine Kontakte. Lege die Personen an, die du anrufst oder anschreibst.",
  fromOptions: "aus den Optionen der App",
  optionsNote:
    "Kontakte aus den Optionen änderst du in der Konfiguration der App. Die Änderungen gelten nach einem Neustart der App.",
  change: "Ändern",
  remove: "Entfernen",
  addTitle: "Kontakt anlegen",
  changeTitle: "Kontakt ändern",
  name: "Name",
  number: "Nummer",
  numberHint: "Mit Ländervorwahl, z. B. +4915112345678, oder so, wie du sie zu Hause wählst.",
  push: "Push-Aktion (optional)",
  pushHint:
    "Die notify-Aktion des Telefons dieser Person, z. B. notify.mobile_app_alice. Alarme senden damit Push-Benachrichtigungen.",
  pin: "PIN (optional)",
  pinHint: "4 bis 8 Ziffern, die diese Person am Telefon eingibt, um einen Alarm zu übernehmen.",
  save: "Speichern",
  cancel: "Abbrechen",
  saveAs: "Als Kontakt speichern",
  done: {
    saved: "Gespeichert. Aktionen, Ereignisse und diese Seite verwenden den Kontakt ab jetzt.",
    removed: "Entfernt.",
  },
  faults: {
    no_name: "Nicht gespeichert: Gib einen Namen mit höchstens 80 Zeichen ein.",
    number_as_name:
      "Nicht gespeichert: Ein Name braucht mindestens einen Buchstaben, damit Aktionen ihn nicht mit einer Nummer verwechseln.",
    no_number:
      "Nicht gespeichert: Das ist keine Nummer. Gib sie mit Ländervorwahl ein, z. B. +4915112345678.",
    no_push: "Nicht gespeichert: Eine Push-Aktion sieht aus wie notify.mobile_app_alice.",
    no_pin: "Nicht gespeichert: Eine PIN hat 4 bis 8 Ziffern.",
    taken: "Nicht gespeichert: Ein anderer Kontakt hat diesen Namen. Gib einen anderen ein.",
    too_many: "Nicht gespeichert: Es gibt schon 500 Kontakte. Entferne zuerst einen.",
    gone: "Diesen Kontakt gibt es nicht mehr.",
    not_stored:
      "Nicht gespeichert: Die App konnte nicht auf ihren Datenträger schreiben. Der Grund steht im Protokoll der App.",
  },
};
