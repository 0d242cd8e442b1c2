/**
 * Why the app cannot use its data folder at present. `full`: the disk has no space left. `read_only`: nothing can be
 * written there. `failing`: reading or writing fails in another way, such as an I/O error or a lock of another program.
 */
export type DiskProblem = "full" | "read_only" | "failing";

/** Describes a disk problem for the health check and the log, as an English sentence without its full stop. */
export function describeDiskProblem(problem: DiskProblem): string {
  switch (problem) {
    case "full":
      return "the disk is full";
    case "read_only":
      return "nothing can be written to the data folder";
    case "failing":
      return "the data folder cannot be read or written";
  }
}
