import type { WebhookFields } from "../domain/events/webhook.ts";

/**
 * The text for a call that one of the app's features (such as alarms) controls, and the keys that the person may press.
 */
export interface ScriptStep {
  readonly say: string;
  /** The language with its region, as Twilio names it (`de-DE`). */
  readonly language: string;
  /** The voice that speaks; null for Twilio's default voice. */
  readonly voice: string | null;
  readonly repeat: number;
  /** The keys for which the call waits during and after the text; null if the call ends after the text. */
  readonly keys: {
    /** The highest number of digits for which the call waits; 0 for any number. */
    readonly digits: number;
    /** If the person presses no key for this many seconds, the call says `afterwards`. */
    readonly seconds: number;
    /** The last text of the call if the person pressed no key. */
    readonly afterwards: string;
  } | null;
  /**
   * The state from which the feature continues the call. It is part of the URL of the next webhook, so it survives a
   * restart.
   */
  readonly state: string;
}

/**
 * The first text of an outgoing call that a feature of the app (such as alarms) controls. Twilio gets it together with
 * the call. So the person hears it even if no webhook reaches the app.
 */
export interface ScriptedCall extends ScriptStep {
  /** The name of the feature that controls the call. */
  readonly script: string;
  /**
   * The call says this text if the app has no public address. A pressed key could not reach the app then, so the text
   * asks for no key.
   */
  readonly withoutAddress: string;
}

/** A webhook with the pressed keys on a call that a feature of the app (such as alarms) controls. */
export interface ScriptWebhook {
  readonly callSid: string;
  /** The secret reference of the call's delivery. For an incoming call, the feature has chosen it. */
  readonly reference: string;
  readonly state: string;
  /** The pressed keys. Empty if no key was pressed. */
  readonly digits: string;
  readonly fields: WebhookFields;
}

const STEP = /^script:([a-z]+):([\w-]+):([\w.-]*)$/;

/**
 * Writes the ID of a step of a feature that controls a call. The ID is part of the URL of the next webhook. So it
 * contains all that the feature needs: its name, the call's secret reference and the call's state.
 */
export function scriptStepId(script: string, reference: string, state: string): string {
  return `script:${script}:${reference}:${state}`;
}

/** Reads the ID of a step of a feature; null for the ID of an automation's step. */
export function readScriptStepId(
  stepId: string,
): { readonly script: string; readonly reference: string; readonly state: string } | null {
  const [, script, reference, state] = STEP.exec(stepId) ?? [];
  if (script === undefined || reference === undefined || state === undefined) return null;
  return { script, reference, state };
}
