/** Automations that call the scripts. The unquoted values in them are dates in YAML, and not texts. */
export const DATED_AUTOMATIONS = `
- id: dated
  triggers: [{trigger: event, event_type: test_dated}]
  actions:
    - action: script.twilio_send_message
      data: {to: "+12125550123", message: 2027-01-30, send_at: 2027-01-31 18:00:00}
- id: dated_call
  triggers: [{trigger: event, event_type: test_dated_call}]
  actions: [{action: script.twilio_make_call, data: {to: "+12125550123", say: 2027-01-30}}]
- id: dated_talk
  triggers: [{trigger: event, event_type: test_dated_talk}]
  actions: [{action: script.twilio_talk, data: {call: CA1, say: 2027-01-30}}]
`;
