import { parameterProblem } from "../../../../src/twilio/webhooks/verify/check-parameters.ts";
import type { SignedParameters } from "../../../../src/twilio/webhooks/verify/check-parameters.ts";
import { callParameters, messageParameters } from "../../../twilio-simulator/webhooks/webhook-parameters.ts";

export type Form = Readonly<Record<string, string>>;

export const ACCOUNT = `AC${"a".repeat(32)}`;
export const MALLORY = "+12125550123";
export const OWNER = "+12125550100";
export const CALL = {
  accountSid: ACCOUNT,
  callSid: `CA${"1".repeat(32)}`,
  from: MALLORY,
  to: "+15005550006",
  status: "ringing",
  direction: "inbound",
};

/** The parameters of a message from another sender, with `more` parameters. */
export const sms = (body: string, more: Form = {}): Form => ({
  ...messageParameters({ accountSid: ACCOUNT, from: MALLORY, to: "+15005550006", body }),
  ...more,
});

/** A call to a SIP domain, with all parameters that Twilio sends. */
export const sipCall = (more: Form = {}): Form => ({
  ...withoutPlaces(callParameters({ ...CALL, from: "sip:mallory@pbx.example" })),
  SipCallId: "1f5a@192.0.2.1",
  SipDomain: "home.sip.twilio.com",
  SipDomainSid: `SD${"2".repeat(32)}`,
  SipSourceIp: "192.0.2.1",
  ...more,
});

/** Removes the places of both parties, which a WhatsApp message does not have. */
export function withoutPlaces(form: Form): Form {
  return Object.fromEntries(Object.entries(form).filter(([name]) => !/(City|State|Zip|Country)$/.test(name)));
}

/** The HTTP status with which the parameters are refused; null if they are accepted. */
export function problemOf(
  parameters: SignedParameters["parameters"],
  {
    source = "form",
    query = "",
    ours = ACCOUNT,
    hasTwilioSids = true,
  }: {
    readonly source?: SignedParameters["source"];
    readonly query?: string;
    readonly ours?: string;
    readonly hasTwilioSids?: boolean;
  } = {},
): number | null {
  const signed = { query, parameters, source };
  return parameterProblem(signed, { accountSid: ours, hasTwilioSids })?.status ?? null;
}
