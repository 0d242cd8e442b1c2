import type { Notification } from "../domain/notification.ts";
import { TEXTS as ENGLISH } from "../texts/en/texts.ts";
import type { Texts } from "../texts/en/texts.ts";
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

/** The same advice for the log, where each script has its own line. */
export function scriptProblemLine(affected: ScriptWithProblem): string {
  return advice([affected], ENGLISH);
}

/** What is wrong with these scripts, which have the same kind of problem, and what to do. */
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
