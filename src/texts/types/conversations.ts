/** The texts of the conversations. */
export interface ConversationsTexts {
  readonly title: string;
  /** Over the list. */
  readonly latest: string;
  readonly foundFor: (text: string) => string;
  readonly search: string;
  readonly searchLabel: string;
  readonly showAll: string;
  readonly none: string;
  readonly noneFound: string;
  /** Where there may be more than was found. */
  readonly searchEnds: string;
  readonly older: string;
  readonly newest: string;
  readonly back: string;
  readonly nothingHere: string;
  readonly withheld: string;
  /** Of a conversation that is not there. */
  readonly unknown: string;
  /** Over a conversation. */
  readonly talk: string;
  readonly you: string;
  /** Read before the last text in the list, where it is ours. */
  readonly youSaid: string;
  readonly failedMark: string;
  readonly messages: (name: string) => string;
  readonly picture: (number: number) => string;
  readonly sound: (number: number) => string;
  readonly video: (number: number) => string;
  readonly file: (number: number) => string;
  readonly recording: string;
  readonly attached: string;
  readonly template: (sid: string) => string;
  readonly incomingCall: string;
  readonly outgoingCall: string;
  /** `time` as minutes and seconds. */
  readonly lasted: (time: string) => string;
  readonly entered: (characters: number) => string;
  readonly details: string;
  readonly waits: string;
  /** By Twilio's word for the status. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly channels: { readonly sms: string; readonly whatsapp: string; readonly rcs: string };
  readonly reply: {
    readonly title: string;
    readonly label: string;
    readonly by: (channel: string) => string;
    readonly send: string;
    readonly empty: string;
    readonly tooLong: (count: number, most: number) => string;
    readonly notKept: string;
    /** Of messages that wait. */
    readonly heard: (count: number) => string;
    readonly away: string;
    readonly impossible: string;
  };
  readonly entry: {
    readonly title: string;
    readonly known: string;
    readonly back: string;
    readonly at: string;
    readonly with: string;
    readonly ours: string;
    /** Where the request names none. */
    readonly usual: string;
    readonly status: string;
    readonly explained: string;
    readonly moreAtTwilio: string;
    readonly segments: string;
    readonly price: string;
    readonly noPrice: string;
    readonly askedBy: string;
    readonly entered: string;
    readonly sid: string;
    readonly gone: string;
  };
  readonly media: { readonly gone: string; readonly unreadable: string; readonly away: string };
}
