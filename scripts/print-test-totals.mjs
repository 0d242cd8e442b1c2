import { readFileSync } from "node:fs";

/** Prints the numbers of the test runner on the last line. It is plain JavaScript, so that every Node can run it. */
const [file] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTotalTests } = JSON.parse(
  readFileSync(file, "utf8"),
);
if (numTotalTests === 0 || (numFailedTests === 0 && numFailedTestSuites > 0)) process.exitCode = 1;
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed${skipped}\n`);
