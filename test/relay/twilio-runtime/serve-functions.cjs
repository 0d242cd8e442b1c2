/**
 * Serves Functions by Twilio's own runtime, in the Node that Twilio runs them with. The first argument is a file with the
 * directory of the runtime's packages, the Functions' files by path, and their variables. Prints the port.
 */
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const { directory, functions, variables } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { LocalDevelopmentServer } = createRequire(join(directory, "package.json"))(
  "@twilio/runtime-handler/dev",
);

const server = new LocalDevelopmentServer(0, {
  baseDir: directory,
  url: "http://localhost",
  // These come last, so that a Function has the domain that Twilio would give it.
  env: variables,
  routes: {
    functions: Object.entries(functions).map(([path, filePath]) => ({ path, filePath, access: "public" })),
    assets: [],
  },
  forkProcess: false,
  // Functions are loaded again at each request, because a test may change them.
  live: true,
  logs: false,
  detailedLogs: false,
  legacyMode: false,
  enableDebugLogs: false,
  logger: console,
});

const listening = server.getApp().listen(0, "127.0.0.1", () => {
  process.stdout.write(`${listening.address().port}\n`);
});
