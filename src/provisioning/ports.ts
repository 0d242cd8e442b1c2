import type { Translate } from "./form-language.ts";
import type { BlueprintForm, OwnBlueprint } from "./own-blueprint.ts";
import type { OwnScript, ScriptState } from "./own-script.ts";

/** The configuration of a script, as Home Assistant stores it. */
export type ScriptDefinition = Readonly<Record<string, unknown>>;

export type ScriptRefusal =
  /** Home Assistant cannot read scripts.yaml, for example because the file contains a `!secret`. */
  { readonly kind: "unreadable" } | { readonly kind: "refused"; readonly reason: string };

export type StoredScript =
  | { readonly kind: "absent" }
  | { readonly kind: "found"; readonly definition: ScriptDefinition }
  | ScriptRefusal;

/**
 * Home Assistant's script editor, and the scripts that it has loaded. All methods reject if Home Assistant does not
 * answer.
 */
export interface ScriptEditor {
  read(id: string, signal: AbortSignal): Promise<StoredScript>;
  /**
   * Writes a script to scripts.yaml. Home Assistant checks the script, replaces the whole script of this name, and
   * loads the new one soon after its answer.
   */
  write(
    id: string,
    definition: ScriptDefinition,
    signal: AbortSignal,
  ): Promise<{ readonly kind: "stored" } | ScriptRefusal>;
  /**
   * The number of runs of the script that are in progress. Null if Home Assistant has loaded no script with this ID.
   */
  isLoaded(id: string, signal: AbortSignal): Promise<number | null>;
  /** The description of the loaded script, whichever file it comes from. Null if none with this ID is loaded. */
  description(id: string, signal: AbortSignal): Promise<string | null>;
}

/** The scripts that come with the app. */
export interface OwnScripts {
  /** The scripts' IDs without `script.`, sorted. */
  ids(): Promise<readonly string[]>;
  /** The scripts with their forms (names and descriptions of fields) in another language. */
  list(translate: Translate): Promise<readonly OwnScript[]>;
  /** Compares a script that Home Assistant has with the app's own. */
  stateOf(stored: ScriptDefinition, own: OwnScript): ScriptState;
  /** Writes scripts as YAML that a user can add to scripts.yaml. */
  toYaml(scripts: readonly OwnScript[]): Promise<string>;
}

export type SaveBlueprintResult =
  | { readonly kind: "saved" }
  /** A file with this name already exists, so nothing was written. */
  | { readonly kind: "exists" }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Home Assistant's blueprints of automations. Paths such as `twilio/gate_on_call.yaml` are relative to their folder.
 * All methods reject if Home Assistant does not answer.
 */
export interface BlueprintStore {
  /** The forms (names and inputs) of all blueprints, by path. Empty for a blueprint that Home Assistant cannot read. */
  list(signal: AbortSignal): Promise<ReadonlyMap<string, BlueprintForm>>;
  /**
   * Makes Home Assistant read the blueprint files again, because it keeps blueprints in memory. Home Assistant then
   * reloads changed automations.
   */
  readAgain(signal: AbortSignal): Promise<void>;
  /**
   * Returns the content of a blueprint without its form, after Home Assistant has filled in `input`. Null if Home
   * Assistant cannot do that.
   */
  substitute(path: string, input: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown>;
  /**
   * Whether Home Assistant knows an automation that uses the blueprint. Also true if Home Assistant refuses the
   * question.
   */
  isUsed(path: string, signal: AbortSignal): Promise<boolean>;
  /**
   * Adds a blueprint if no file with this name exists. Home Assistant checks the YAML and stores it without comments.
   */
  add(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
  /** Replaces a blueprint. Home Assistant empties the file, writes it, and reloads all automations. */
  replace(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
}

/** The blueprints that come with the app. A changed blueprint is released under a new name. */
export interface OwnBlueprints {
  list(): Promise<readonly OwnBlueprint[]>;
}

/** Reports that Home Assistant has started, or that the app is connected to it again. */
export interface HomeAssistantStarts {
  /**
   * Calls `listener` each time that Home Assistant runs on a new connection. Returns a function that removes the
   * listener.
   */
  onRunning(listener: (house: { readonly language: string }) => void): () => void;
  /** Calls `listener` after Home Assistant's settings have changed. Returns a function that removes the listener. */
  onChanged(listener: (house: { readonly language: string }) => void): () => void;
}
