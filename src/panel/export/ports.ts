/** What the exports need, beside the journal. */
export interface ExportPorts {
  /**
   * Whether a user of Home Assistant is an administrator. Null without ingress: the panel then belongs to the person who runs
   * the app, who may export everything.
   */
  readonly isAdministrator: ((userId: string) => Promise<boolean | null>) | null;
}
