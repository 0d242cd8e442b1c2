import type { OwnScript, ScriptState } from "./own-script.ts";

/** A script or its configuration, as Home Assistant has it. */
export type ScriptDefinition = Readonly<Record<string, unknown>>;

export type ScriptRefusal =
  /** Home Assistant cannot read scripts.yaml: one `!secret` in it is enough. */
  { readonly kind: "unreadable" } | { readonly kind: "refused"; readonly reason: string };

export type StoredScript =
  | { readonly kind: "absent" }
  | { readonly kind: "found"; readonly definition: ScriptDefinition }
  | ScriptRefusal;

/** Home Assistant's script editor, and what it has loaded. Everything rejects while Home Assistant is away. */
export interface ScriptEditor {
  read(id: string, signal: AbortSignal): Promise<StoredScript>;
  /** Home Assistant validates the script, overwrites the whole entry and loads it in the background. */
  write(
    id: string,
    definition: ScriptDefinition,
    signal: AbortSignal,
  ): Promise<{ readonly kind: "stored" } | ScriptRefusal>;
  /** How many runs of it are under way; null where no such script is loaded. */
  isLoaded(id: string, signal: AbortSignal): Promise<number | null>;
  /** The description of the loaded script, wherever it is stored; null where none is loaded. */
  description(id: string, signal: AbortSignal): Promise<string | null>;
}

/** The scripts that the app brings. */
export interface OwnScripts {
  list(): Promise<readonly OwnScript[]>;
  /** What a stored script is to the app. */
  stateOf(stored: ScriptDefinition, own: OwnScript): ScriptState;
  /** As a person pastes them into scripts.yaml. */
  toYaml(scripts: readonly OwnScript[]): Promise<string>;
}

export type SaveBlueprintResult =
  | { readonly kind: "saved" }
  /** There is a file of that name, which stays as it is. */
  | { readonly kind: "exists" }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Home Assistant's automation blueprints. `path` is below its own folder for them: `twilio/gate_on_call.yaml`. Both
 * reject while Home Assistant is away.
 */
export interface BlueprintStore {
  /** The paths of all, including those that Home Assistant cannot read. */
  list(signal: AbortSignal): Promise<ReadonlySet<string>>;
  /** Never overwrites a file. Home Assistant checks the text and stores it without its comments. */
  save(path: string, yaml: string, signal: AbortSignal): Promise<SaveBlueprintResult>;
}

/** The blueprints that the app brings. A blueprint that has changed has got another name. */
export interface OwnBlueprints {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<string>;
}

/** Tells when Home Assistant has started, or is connected again while it runs. */
export interface HomeAssistantStarts {
  /** Calls `listener` at each start, until what it returns is called. */
  onRunning(listener: () => void): () => void;
}
