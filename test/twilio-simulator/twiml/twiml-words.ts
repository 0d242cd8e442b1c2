/** The attributes and children of a verb or noun. `text`: it has its own text. */
export interface TwimlWord {
  readonly attributes: readonly string[];
  readonly children?: readonly string[];
  readonly text?: boolean;
}

const SSML = words("break emphasis lang p phoneme prosody s say-as sub w");
const RECORDED = words(
  "recordingStatusCallback recordingStatusCallbackEvent recordingStatusCallbackMethod trim",
);

/** The children of a Response: the supported verbs of calls and messages. */
export const VERBS = words("Say Play Pause Gather Record Dial Redirect Reject Hangup Message");

/**
 * The words of TwiML with their attributes and children, case-sensitive.
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
