/** The texts of the page with what can be pasted into Home Assistant. */
export interface ExamplesTexts {
  readonly title: string;
  readonly intro: string;
  readonly chosen: string;
  readonly choose: string;
  readonly none: string;
  readonly automation: string;
  readonly yourDoing: string;
  readonly howTo: string;
  readonly forged: string;
  readonly actions: string;
  readonly actionsHowTo: string;
  readonly send: string;
  readonly talk: string;
  readonly talkNote: string;
  readonly notify: string;
  readonly notifyHowTo: string;
  readonly notifyNone: string;
  /** What stands in the YAML for people. `who`: a name, a number, or somebody. */
  readonly yaml: {
    readonly call: (who: string) => string;
    readonly message: (who: string) => string;
    readonly keys: (who: string) => string;
    readonly speech: (who: string) => string;
    readonly other: string;
    readonly messageStatus: (status: string) => string;
    readonly callStatus: (status: string) => string;
    readonly recording: string;
    readonly failed: string;
    readonly succeeded: string;
    readonly somebody: string;
    readonly contact: string;
    readonly sendText: string;
    readonly talkAlias: string;
    readonly question: string;
    readonly thanks: string;
    readonly goodbye: string;
    readonly chose: string;
  };
}
