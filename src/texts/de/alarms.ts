import type { AlarmTexts } from "../en/alarms.ts";

export const ALARMS_DE: AlarmTexts = {
  drill: "Dies ist ein Probealarm.",
  drillFor: (names) => `Probealarm für ${names}`,
  spoken: {
    ask: (key) => `Drücke die ${key}, um diesen Alarm zu übernehmen.`,
    pass: (key) =>
      `Wenn du ihn nicht übernehmen kannst, drücke die ${key}. Dann wird die nächste Person angerufen.`,
    wrongKey: "Das war die falsche Taste.",
    tooSlow: "Die App ist gerade langsam. Bitte drücke die Taste noch einmal.",
    pressAgain: (key) => `Drücke zur Bestätigung noch einmal die ${key}.`,
    enterPin: "Gib deine PIN ein.",
    wrongPin: "Das ist nicht deine PIN.",
    changed: "Der Alarm hat sich geändert.",
    remind: (alarm) => `Du hast den Alarm ${alarm} übernommen.`,
    stillYours: (key) =>
      `Drücke die ${key}, wenn du dich noch darum kümmerst. Sonst werden wieder andere Personen angerufen.`,
    youHaveIt: "Danke. Du hast den Alarm übernommen.",
    somebodyHasIt: (name) => `${name} hat diesen Alarm übernommen. Du musst nichts tun.`,
    passed: "Danke. Die nächste Person wird angerufen.",
    over: "Dieser Alarm ist beendet.",
    notTaken: "Niemand hat diesen Alarm übernommen.",
    replyWith: (code) => `Sende den Code ${code} per SMS an diese Nummer, um diesen Alarm zu übernehmen.`,
  },
  written: {
    ask: (alarm, message, code) => `${alarm}: ${message} Antworte ${code}, um den Alarm zu übernehmen.`,
    push: (message) => message,
    take: "Übernehmen",
    remind: (alarm, code) =>
      `Du hast den Alarm ${alarm} übernommen. Antworte ${code}, wenn du dich noch darum kümmerst.`,
    pushRemind: (alarm) => `Du hast den Alarm ${alarm} übernommen. Kümmerst du dich noch darum?`,
    keep: "Ja, ich kümmere mich",
    repeated: (alarm, message) =>
      `Du hast den Alarm ${alarm} übernommen. Er wurde noch einmal gemeldet: ${message}`,
    somebodyHasIt: (alarm, name) => `${alarm}: ${name} hat den Alarm übernommen. Du musst nichts tun.`,
    youHaveIt: (alarm) => `${alarm}: Danke. Du hast den Alarm übernommen.`,
    code: (alarm, code) => `Antworte ${code}, um den Alarm ${alarm} zu übernehmen.`,
    notTaken: (alarm, message) => `${alarm}: Niemand hat diesen Alarm übernommen. ${message}`,
  },
  warnings: {
    notCalled: (name) =>
      `${name} wird nicht angerufen: Das ist keine Telefonnummer, oder es ist eine deiner Twilio-Nummern. Korrigiere diesen Eintrag im Feld \`people\`.`,
    noPush: (name) =>
      `${name} hat keine Push-Aktion und erhält keine Push-Benachrichtigung. Trage bei diesem Kontakt eine Push-Aktion ein.`,
    noPin: (name) =>
      `${name} hat keine PIN, daher genügt es, die Taste zu drücken, um den Alarm zu übernehmen. Trage bei diesem Kontakt eine PIN ein.`,
    cannotReceive: (sender) =>
      `Der Absender ${sender} kann keine Antworten empfangen, daher kann niemand den Alarm per SMS übernehmen. Verwende eine Telefonnummer als Absender.`,
    optedOut: (name) =>
      `${name} hat Nachrichten von dieser Nummer abbestellt und erhält keine SMS. Um wieder SMS zu erhalten, sendet diese Person START an die Nummer.`,
    tooMany: (most, others) =>
      `Ein Alarm hat höchstens ${most} Personen, deshalb werden die letzten ${others} nicht angerufen. Entferne Personen aus dem Feld \`people\`.`,
    shortened: (most) =>
      `Die Nachricht ist zu lang, deshalb verwendet der Alarm nur ihre ersten ${most} Zeichen. Kürze das Feld \`message\`.`,
    sameNumber: (first, second) =>
      `${first} und ${second} haben dieselbe Nummer, deshalb gelten sie für den Alarm als eine Person: ${first}.`,
    notAdded: (names) =>
      `Dieser Alarm läuft schon mit anderen Personen und ruft diese Personen nicht an: ${names}.`,
    notAnswered:
      "Die öffentliche Adresse der App ist nicht bekannt, daher haben Tasten bei Anrufen keine Wirkung. Richte das Relay oder eine öffentliche Adresse ein.",
  },
  reach: {
    title: (name) => `Alarme erreichen ${name} nicht`,
    unreadable:
      "Die Nummer dieser Person ist keine gültige Telefonnummer. Korrigiere sie beim Kontakt oder in der Automation.",
    optedOut:
      "Diese Person hat Nachrichten von deiner Nummer abbestellt und erhält keine SMS. Um wieder SMS zu erhalten, sendet diese Person START an deine Nummer.",
    noPush: "Dieser Kontakt hat keine Push-Aktion. Trage bei dem Kontakt eine Push-Aktion ein.",
    missingPush: (service) =>
      `Home Assistant hat keine Aktion notify.${service}. Öffne die Home-Assistant-App einmal auf dem Telefon, oder korrigiere die Push-Aktion des Kontakts.`,
    noAddress:
      "Die öffentliche Adresse der App ist nicht bekannt, daher haben Tasten bei Anrufen keine Wirkung. Richte das Relay oder eine öffentliche Adresse ein.",
    account: {
      refused:
        "Twilio lehnt die Zugangsdaten der App ab. Trage die aktuellen Zugangsdaten in den Optionen der App ein.",
      suspended: "Twilio hat das Konto gesperrt. Die Twilio-Konsole zeigt den Grund.",
      no_balance:
        "Das Twilio-Konto hat kein Guthaben mehr, daher kann niemand angerufen werden. Lade das Guthaben in der Twilio-Konsole auf.",
    },
  },
};
