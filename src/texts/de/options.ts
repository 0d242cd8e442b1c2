import type { OptionsTexts } from "../en/options.ts";
import { optionProblemInGerman } from "./option-problems.ts";

export const OPTIONS_DE: OptionsTexts = {
  name: "Optionen der App",
  problems: (count) => `${count} ${count === 1 ? "Problem" : "Probleme"}`,
  problem: optionProblemInGerman,
  restart: "Starte die App danach neu.",
  open: "Konfiguration der App öffnen",
  file: "Korrigiere die Optionsdatei.",
  addressRefused: "Die Option public_url wird nicht verwendet",
  addressRefusedNote:
    "Der eingetragene Wert ist keine gültige öffentliche Adresse. Der Grund steht oben unter „Optionen der App“.",
  numberNeedsAddress:
    "Die App kennt ihre öffentliche Adresse noch nicht. Der Wert von public_url ist nicht gültig. Die Seite Einrichtung zeigt den Grund.",
};
