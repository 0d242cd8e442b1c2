import type { Notification } from "../domain/notification.ts";
import type { OwnScript } from "./own-script.ts";

/** Why a script of the app's is not in Home Assistant as it should be, and only a person can change that. */
export type ScriptProblem =
  | { readonly kind: "unreadable" | "unloaded" | "foreign" }
  | { readonly kind: "edited"; readonly version: number }
  | { readonly kind: "refused"; readonly reason: string };

export interface ScriptWithProblem {
  readonly script: OwnScript;
  readonly problem: ScriptProblem;
}

export const SCRIPTS_NOTIFICATION_ID = "twilio_scripts";

/** What to do, a paragraph for each kind of trouble; then the YAML of what a person can put in place by hand. */
export async function scriptProblemsNotification(
  troubled: readonly ScriptWithProblem[],
  toYaml: (scripts: readonly OwnScript[]) => Promise<string>,
): Promise<Notification> {
  const kinds = [...new Set(troubled.map(({ problem }) => problem.kind))];
  const paragraphs = kinds.map((kind) => advice(troubled.filter(({ problem }) => problem.kind === kind)));
  const toPaste = troubled.filter(({ problem: { kind } }) => kind !== "foreign" && kind !== "edited");
  if (toPaste.length > 0) {
    const yaml = await toYaml(toPaste.map(({ script }) => script));
    paragraphs.push(`\`\`\`yaml\n${yaml}\`\`\``);
  }
  return {
    id: SCRIPTS_NOTIFICATION_ID,
    title: "Twilio: scripts that need you",
    message: paragraphs.join("\n\n"),
  };
}

/** For the log, where each has a line of its own. */
export function scriptProblemLine(troubled: ScriptWithProblem): string {
  return advice([troubled]);
}

/** Of one kind all. */
function advice(troubled: readonly ScriptWithProblem[]): string {
  const [first] = troubled;
  if (first === undefined) return "";
  const { problem, script } = first;
  const names = troubled.map(({ script: { id } }) => `script.${id}`).join(" and ");
  const [are, them] = troubled.length === 1 ? ["is", "it"] : ["are", "them"];
  switch (problem.kind) {
    case "unreadable":
      return `${names} cannot be put into Home Assistant: it answers HTTP 500, which it does where scripts.yaml contains \`!secret\` or a fault. Either move what needs the secret into another file, such as a package, and restart the app; or add the YAML of the app's notification to scripts.yaml yourself and reload the scripts (Developer tools, YAML).`;
    case "unloaded":
      return `${names} ${are} in scripts.yaml, but Home Assistant does not load ${them} from there. Add the line \`script: !include scripts.yaml\` to configuration.yaml and restart Home Assistant; if you keep your scripts elsewhere, put the YAML of the app's notification there. If you have disabled ${them}, enable ${them} again.`;
    case "refused":
      return `Home Assistant refused ${names}: ${problem.reason}. Perhaps its version does not fit the app's: update both. If the access token is not an administrator's, make one that is, or add the YAML of the app's notification to scripts.yaml yourself.`;
    case "foreign":
      return `${names} ${are} in Home Assistant already and not the app's, so that the app leaves ${them} alone, and automations that call ${them} reach yours. To get the app's own, rename or delete ${them} and restart the app.`;
    case "edited":
      return `${names} was edited, so that the app leaves ${troubled.length === 1 ? "it" : "each"} alone; there is a newer version ${script.version} (yours began as version ${problem.version}). To get it, note what you changed, delete ${them} and restart the app.`;
  }
}
