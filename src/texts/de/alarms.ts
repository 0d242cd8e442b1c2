import type { AlarmTexts } from "../en/alarms.ts";

export const ALARMS_DE: AlarmTexts = {
  drill: "Dies ist eine Übung.",
  spoken: {
    ask: (key) => `Drücke die ${key}, um diesen Alarm zu übernehmen.`,
    pass: (key) => `Wenn du nicht kannst, drücke die ${key}. Dann wird die nächste Person angerufen.`,
    wrongKey: "Das war eine andere Taste.",
    pressAgain: (key) => `Drücke zur Bestätigung noch einmal die ${key}.`,
    enterPin: "Gib deine PIN ein.",
    wrongPin: "Das ist nicht deine PIN.",
    changed: "Der Alarm hat sich geändert.",
    remind: (alarm) => `Du hast den Alarm ${alarm} übernommen.`,
    stillYours: (key) =>
      `Drücke die ${key}, wenn du ihn noch hast. Sonst werden wieder andere Personen angerufen.`,
    youHaveIt: "Danke. Du hast den Alarm übernommen.",
    somebodyHasIt: (name) => `${name} hat diesen Alarm übernommen. Du musst nichts tun.`,
    passed: "Danke. Die nächste Person wird angerufen.",
    over: "Dieser Alarm ist beendet.",
    notTaken: "Niemand hat diesen Alarm übernommen.",
    replyWith: (code) =>
      `Antworte dieser Nummer per SMS mit dem Code ${code}, um diesen Alarm zu übernehmen.`,
  },
  written: {
    ask: (alarm, message, code) => `${alarm}: ${message} Antworte ${code}, um den Alarm zu übernehmen.`,
    push: (message) => message,
    take: "Übernehmen",
    remind: (alarm, code) =>
      `Du hast den Alarm ${alarm} übernommen. Antworte ${code}, wenn du ihn noch hast.`,
    pushRemind: (alarm) => `Du hast den Alarm ${alarm} übernommen. Hast du ihn noch?`,
    keep: "Ich habe ihn",
    repeated: (alarm, message) =>
      `Du hast den Alarm ${alarm} übernommen. Er wurde noch einmal gemeldet: ${message}`,
    somebodyHasIt: (alarm, name) => `${alarm}: ${name} hat den Alarm übernommen. Du musst nichts tun.`,
    youHaveIt: (alarm) => `${alarm}: Danke. Du hast den Alarm übernommen.`,
    code: (alarm, code) => `Antworte ${code}, um den Alarm ${alarm} zu übernehmen.`,
    notTaken: (alarm, message) => `${alarm}: Niemand hat diesen Alarm übernommen. ${message}`,
  },
  warnings: {
    notCalled: (name) => `${name} ist keine Nummer, die angerufen werden kann, oder eine deiner eigenen.`,
    noPush: (name) =>
      `${name} hat keinen Push-Dienst und bekommt keine Push-Nachricht. Trage ihn bei diesem Kontakt ein.`,
    noPin: (name) => `${name} hat keine PIN, daher genügt die Taste. Trage eine PIN bei diesem Kontakt ein.`,
    cannotReceive: (sender) =>
      `Der Absender ${sender} kann keine Antworten empfangen, daher lässt sich der Alarm nicht per SMS übernehmen.`,
    optedOut: (name) => `${name} hat Nachrichten von dieser Nummer abbestellt und bekommt keine.`,
    notAnswered:
      "Die öffentliche Adresse der App ist nicht bekannt, daher lässt sich bei Anrufen keine Taste drücken.",
  },
};
