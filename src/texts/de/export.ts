import type { ExportTexts } from "../en/export.ts";

export const EXPORT_DE: ExportTexts = {
  conversation: "Diese Unterhaltung als Text herunterladen",
  history: "Den Verlauf als CSV herunterladen",
  note: "Nur Administratoren von Home Assistant können den Verlauf herunterladen. Er enthält Namen, Nummern und Texte.",
  onlyAdministrators: "Nur Administratoren von Home Assistant können diese Datei herunterladen.",
  unknownUser:
    "Home Assistant hat nicht mitgeteilt, wer du bist. Deshalb kann diese Datei nicht heruntergeladen werden. Lade Home Assistant neu und versuche es erneut.",
  away: "Home Assistant antwortet nicht. Deshalb kann die App nicht prüfen, ob du Administrator bist. Versuche es später erneut.",
};
