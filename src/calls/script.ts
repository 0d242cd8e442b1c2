import type { WebhookFields } from "../domain/events/webhook.ts";

/** What is said on a call that a feature of the app controls, and the keys that it asks for. */
export interface ScriptStep {
  readonly say: string;
  /** The language with its region, as Twilio names it: `de-DE`. */
  readonly language: string;
  /** The voice that speaks; null for Twilio's default voice. */
  readonly voice: string | null;
  readonly repeat: number;
  /** The keys that are waited for; null if the call ends after the text. */
  readonly keys: {
    /** How many digits to gather. */
    readonly digits: number;
    /** The time without a key after which the call continues, in seconds. */
    readonly seconds: number;
    /** The text after `seconds` without a key. Then the call ends. */
    readonly afterwards: string;
  } | null;
  /** What the script needs to continue. It is part of the URL of the next webhook, so it survives a restart. */
  readonly state: string;
}

/** The first step of an outgoing call of a script. It is sent with the call, so no webhook is needed to hear it. */
export interface ScriptedCall extends ScriptStep {
  /** The name of the script. */
  readonly script: string;
  /** Said instead of the step while the app has no public address, because no key can reach the app then. */
  readonly withoutAddress: string;
}

/** A webhook in which Twilio reports the keys on a call of a script. */
export interface ScriptWebhook {
  readonly callSid: string;
  /** The reference of the call's delivery, or the one that the script has chosen for an incoming call. */
  readonly reference: string;
  readonly state: string;
  /** Empty if no key was pressed. */
  readonly digits: string;
  readonly fields: WebhookFields;
}

const STEP = /^script:([a-z]+):([\w-]+):([\w.-]*)$/;

/** The name of a script's step in the URL of a call. */
export function scriptStepId(script: string, reference: string, state: string): string {
  return `script:${script}:${reference}:${state}`;
}

/** Reads the name of a script's step; null for other steps. */
export function readScriptStepId(
  stepId: string,
): { readonly script: string; readonly reference: string; readonly state: string } | null {
  const [, script, reference, state] = STEP.exec(stepId) ?? [];
  if (script === undefined || reference === undefined || state === undefined) return null;
  return { script, reference, state };
}
