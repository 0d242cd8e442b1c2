/** The data that the exports use beside the journal. */
export interface ExportPorts {
  /**
   * Finds out whether a user of Home Assistant is an administrator; resolves to null if that is unknown. The property
   * is null without ingress. The panel then belongs to the person who runs the app, who may export everything.
   */
  readonly isAdministrator: ((userId: string) => Promise<boolean | null>) | null;
}
