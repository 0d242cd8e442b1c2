import type { Notification } from "../domain/notification.ts";
import { TEXTS as ENGLISH } from "../texts/en/texts.ts";
import type { Texts } from "../texts/en/texts.ts";
import type { OwnScript } from "./own-script.ts";

/** Why the app could not install a script, if the user must do something about it. */
export type ScriptProblem =
  | { readonly kind: "unreadable" | "unloaded" | "foreign" }
  | { readonly kind: "edited"; readonly version: number }
  | { readonly kind: "refused"; readonly reason: string };

export interface ScriptWithProblem {
  readonly script: OwnScript;
  readonly problem: ScriptProblem;
}

export const SCRIPTS_NOTIFICATION_ID = "twilio_scripts";

/**
 * The notification about scripts that the app could not install. It has a paragraph for each kind of problem, and then
 * the YAML that the user can add by hand.
 */
export async function scriptProblemsNotification(
  affected: readonly ScriptWithProblem[],
  toYaml: (scripts: readonly OwnScript[]) => Promise<string>,
): Promise<Notification> {
  const kinds = [...new Set(affected.map(({ problem }) => problem.kind))];
  const groups = kinds.map((kind) => affected.filter(({ problem }) => problem.kind === kind));
  const addable = affected.filter(({ problem: { kind } }) => kind !== "foreign" && kind !== "edited");
  const yaml = addable.length === 0 ? null : await toYaml(addable.map(({ script }) => script));
  return {
    id: SCRIPTS_NOTIFICATION_ID,
    say(texts) {
      const paragraphs = groups.map((group) => advice(group, texts));
      if (yaml !== null) paragraphs.push(`\`\`\`yaml\n${yaml}\`\`\``);
      return { title: texts.notifications.scripts.title, message: paragraphs.join("\n\n") };
    },
  };
}

/** The paragraph about one script, for the log. */
export function scriptProblemLine(affected: ScriptWithProblem): string {
  return advice([affected], ENGLISH);
}

/** The paragraph about scripts with the same kind of problem: what is wrong, and what the user can do. */
function advice(affected: readonly ScriptWithProblem[], { notifications: { scripts: said } }: Texts): string {
  const [first] = affected;
  if (first === undefined) return "";
  const { problem, script } = first;
  const names = affected.map(({ script: { id } }) => `script.${id}`).join(` ${said.and} `);
  const isOne = affected.length === 1;
  switch (problem.kind) {
    case "unreadable":
      return said.unreadable(names);
    case "unloaded":
      return said.unloaded(names, isOne);
    case "refused":
      return said.refused(names, problem.reason);
    case "foreign":
      return said.foreign(names, isOne);
    case "edited":
      return said.edited(names, isOne, script.version, problem.version);
  }
}
