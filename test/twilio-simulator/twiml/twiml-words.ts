/** What a verb or noun may carry and hold. `text`: it has a text of its own. */
export interface TwimlWord {
  readonly attributes: readonly string[];
  readonly children?: readonly string[];
  readonly text?: boolean;
}

const SSML = words("break emphasis lang p phoneme prosody s say-as sub w");
const RECORDED = words(
  "recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod trim",
);

/** What stands in a Response: the verbs of calls and messages that this telephone knows. */
export const VERBS = words("Say Play Pause Gather Record Dial Redirect Reject Hangup Message");

/**
 * The words of TwiML with their attributes and what they hold; case counts.
 * Source: twilio.com/docs/voice/twiml, and the attributes that Twilio's own builder knows.
 */
export const TWIML_WORDS: Readonly<Record<string, TwimlWord>> = {
  Response: { attributes: [], children: VERBS },
  Say: { attributes: words("voice language loop"), children: SSML, text: true },
  Play: { attributes: words("loop digits"), text: true },
  Pause: { attributes: words("length") },
  Gather: {
    attributes: [
      ...words("action method actionOnEmptyResult input timeout finishOnKey numDigits speechTimeout"),
      ...words("maxSpeechTime speechModel language hints profanityFilter bargeIn enhanced debug"),
      ...words("partialResultCallback partialResultCallbackMethod"),
    ],
    children: words("Say Play Pause"),
  },
  Record: {
    attributes: [
      ...words("action method timeout finishOnKey maxLength playBeep transcribe transcribeCallback"),
      ...words("recordingConfigurationId"),
      ...RECORDED,
    ],
  },
  Dial: {
    attributes: [
      ...words("action method timeout timeLimit answerOnBridge callerId hangupOnStar record"),
      ...words("recordingTrack recordingConfigurationId ringTone sequential referUrl referMethod"),
      ...words("events passports"),
      ...RECORDED,
    ],
    children: words("Number"),
    text: true,
  },
  Number: {
    attributes: [
      ...words("url method sendDigits byoc statusCallback statusCallbackEvent statusCallbackMethod"),
      ...words("amdStatusCallback amdStatusCallbackMethod machineDetection machineDetectionTimeout"),
      ...words("machineDetectionSilenceTimeout machineDetectionSpeechEndThreshold"),
      ...words("machineDetectionSpeechThreshold"),
    ],
    text: true,
  },
  Redirect: { attributes: words("method"), text: true },
  Reject: { attributes: words("reason") },
  Hangup: { attributes: [] },
  Message: {
    attributes: words("to from action method statusCallback"),
    children: words("Body Media"),
    text: true,
  },
  Body: { attributes: [], text: true },
  Media: { attributes: [], text: true },
};

function words(text: string): readonly string[] {
  return text.split(" ");
}
