/**
 * Why the data folder cannot be used at present. `full`: no room is left. `read_only`: nothing may be written there.
 * `failing`: reading or writing fails in another way, such as an I/O error or a lock of another program.
 */
export type DiskTrouble = "full" | "read_only" | "failing";
