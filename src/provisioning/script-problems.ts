import type { Notification } from "../domain/notification.ts";
import type { OwnScript } from "./own-script.ts";

/** Why Home Assistant does not have a script of the app, if only a person can change that. */
export type ScriptProblem =
  | { readonly kind: "unreadable" | "unloaded" | "foreign" }
  | { readonly kind: "edited"; readonly version: number }
  | { readonly kind: "refused"; readonly reason: string };

export interface ScriptWithProblem {
  readonly script: OwnScript;
  readonly problem: ScriptProblem;
}

export const SCRIPTS_NOTIFICATION_ID = "twilio_scripts";

/** One paragraph for each kind of problem, then the YAML of the scripts that a person can add by hand. */
export async function scriptProblemsNotification(
  affected: readonly ScriptWithProblem[],
  toYaml: (scripts: readonly OwnScript[]) => Promise<string>,
): Promise<Notification> {
  const kinds = [...new Set(affected.map(({ problem }) => problem.kind))];
  const paragraphs = kinds.map((kind) => advice(affected.filter(({ problem }) => problem.kind === kind)));
  const addable = affected.filter(({ problem: { kind } }) => kind !== "foreign" && kind !== "edited");
  if (addable.length > 0) {
    const yaml = await toYaml(addable.map(({ script }) => script));
    paragraphs.push(`\`\`\`yaml\n${yaml}\`\`\``);
  }
  return {
    id: SCRIPTS_NOTIFICATION_ID,
    title: "Twilio: scripts need attention",
    message: paragraphs.join("\n\n"),
  };
}

/** The same advice for the log, where each script has its own line. */
export function scriptProblemLine(affected: ScriptWithProblem): string {
  return advice([affected]);
}

/** What is wrong with these scripts, which have the same kind of problem, and what to do. */
function advice(affected: readonly ScriptWithProblem[]): string {
  const [first] = affected;
  if (first === undefined) return "";
  const { problem, script } = first;
  const names = affected.map(({ script: { id } }) => `script.${id}`).join(" and ");
  const [are, were, them] = affected.length === 1 ? ["is", "was", "it"] : ["are", "were", "them"];
  switch (problem.kind) {
    case "unreadable":
      return `${names} cannot be added to Home Assistant. It answers HTTP 500, which means that scripts.yaml contains \`!secret\` or a mistake. Either move the script with the secret into another file, such as a package, and restart the app. Or add the YAML of the app's notification to scripts.yaml yourself and reload the scripts (Developer tools, YAML).`;
    case "unloaded":
      return `${names} ${are} in scripts.yaml, but Home Assistant does not load ${them}. Add the line \`script: !include scripts.yaml\` to configuration.yaml and restart Home Assistant. If your scripts are in another file, add the YAML of the app's notification there. If you have disabled ${them}, enable ${them} again.`;
    case "refused":
      return `Home Assistant refused ${names}: ${problem.reason}. Update Home Assistant and the app, because their versions may not fit. If the access token does not belong to an administrator, create one that does. Or add the YAML of the app's notification to scripts.yaml yourself.`;
    case "foreign":
      return `${names} ${were} not created by the app, so the app does not change ${them}. Automations that call ${them} use your version. To get the app's version, rename or delete ${them} and restart the app.`;
    case "edited":
      return `${names} was edited, so the app does not update ${them}. There is a newer version ${script.version}, and yours is based on version ${problem.version}. To get it, write down your changes, delete ${them} and restart the app.`;
  }
}
