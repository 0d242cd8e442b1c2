/** What the exports need, beside the journal. */
export interface ExportPorts {
  /** Null where everybody who sees the panel may export: without ingress, the panel belongs to whoever runs the app. */
  readonly isAdministrator: ((userId: string) => Promise<boolean | null>) | null;
}
