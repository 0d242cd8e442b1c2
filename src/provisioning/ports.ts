import type { Translate } from "./form-language.ts";
import type { BlueprintForm, OwnBlueprint } from "./own-blueprint.ts";
import type { OwnScript, ScriptState } from "./own-script.ts";

/** The configuration of a script, as Home Assistant stores it. */
export type ScriptDefinition = Readonly<Record<string, unknown>>;

export type ScriptRefusal =
  /** Home Assistant cannot read scripts.yaml, for example because it contains a `!secret`. */
  { readonly kind: "unreadable" } | { readonly kind: "refused"; readonly reason: string };

export type StoredScript =
  | { readonly kind: "absent" }
  | { readonly kind: "found"; readonly definition: ScriptDefinition }
  | ScriptRefusal;

/** Home Assistant's script editor and its loaded scripts. All methods reject while Home Assistant cannot be reached. */
export interface ScriptEditor {
  read(id: string, signal: AbortSignal): Promise<StoredScript>;
  /** Home Assistant validates the script, overwrites the whole entry and loads it in the background. */
  write(
    id: string,
    definition: ScriptDefinition,
    signal: AbortSignal,
  ): Promise<{ readonly kind: "stored" } | ScriptRefusal>;
  /** How many runs of the script are in progress; null if no such script is loaded. */
  isLoaded(id: string, signal: AbortSignal): Promise<number | null>;
  /** The description of the loaded script, from any file; null if none is loaded. */
  description(id: string, signal: AbortSignal): Promise<string | null>;
}

/** The scripts of the app. */
export interface OwnScripts {
  /** The scripts with their forms in another language. */
  list(translate: Translate): Promise<readonly OwnScript[]>;
  /** Compares a stored script with the app's own. */
  stateOf(stored: ScriptDefinition, own: OwnScript): ScriptState;
  /** The YAML that a user can add to scripts.yaml. */
  toYaml(scripts: readonly OwnScript[]): Promise<string>;
}

export type SaveBlueprintResult =
  | { readonly kind: "saved" }
  /** A file with this name exists; it is not changed. */
  | { readonly kind: "exists" }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Home Assistant's automation blueprints. Paths are relative to Home Assistant's folder for automation blueprints, such
 * as `twilio/gate_on_call.yaml`. All methods reject while Home Assistant cannot be reached.
 */
export interface BlueprintStore {
  /** The forms of all blueprints by path. The form of a blueprint that Home Assistant cannot read is empty. */
  list(signal: AbortSignal): Promise<ReadonlyMap<string, BlueprintForm>>;
  /**
   * Reads the files again, because Home Assistant keeps the ones that it has read in memory. This reloads the automations
   * that have changed.
   */
  readAgain(signal: AbortSignal): Promise<void>;
  /** The content of a blueprint without its form, with these inputs filled in. Null if Home Assistant cannot do that. */
  substitute(path: string, input: Readonly<Record<string, string>>, signal: AbortSignal): Promise<unknown>;
  /** Whether an automation uses the blueprint, as far as Home Assistant can tell. */
  isUsed(path: string, signal: AbortSignal): Promise<boolean>;
  /** Never overwrites a file. Home Assistant checks the text and stores it without its comments. */
  add(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
  /** Overwrites the file. Home Assistant empties it, writes it, and then reloads all automations. */
  replace(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
}

/** The blueprints of the app. A new version of a blueprint has a new name. */
export interface OwnBlueprints {
  list(): Promise<readonly OwnBlueprint[]>;
}

/** Reports when Home Assistant has started, or when the app is connected again while it runs. */
export interface HomeAssistantStarts {
  /** Calls `listener` at each start of Home Assistant. Returns a function that removes the listener. */
  onRunning(listener: (house: { readonly language: string }) => void): () => void;
  /** Calls `listener` after Home Assistant's settings have changed. Returns a function that removes the listener. */
  onChanged(listener: (house: { readonly language: string }) => void): () => void;
}
