import { expect, test } from "vitest";

import { TwilioUnreachableError } from "../../../src/twilio/rest/errors.ts";
import { watchCredentials } from "../../../src/twilio/rest/watch-credentials.ts";

const API = "https://api.twilio.com/2010-04-01/Accounts/AC1";

async function toldOf(uri: string, statusCode: number, code?: number): Promise<string[]> {
  const told: string[] = [];
  const client = watchCredentials(
    {
      request: () =>
        statusCode === 0
          ? Promise.reject(new TwilioUnreachableError("ENOTFOUND"))
          : Promise.resolve({ statusCode, body: code === undefined ? "<html>" : { code }, headers: {} }),
    },
    {
      credentialsRefused: () => void told.push("refused"),
      credentialsAccepted: () => void told.push("accepted"),
    },
  );
  await client.request({ method: "GET", uri }).catch(() => undefined);
  return told;
}

test.each([
  [`${API}/Messages.json`, 401, 20003, ["refused"]],
  [`${API}/Messages.json`, 401, undefined, ["refused"]],
  [`${API}/Calls/CA1.json`, 403, 20003, ["refused"]],
  ["https://space.example/api/laml/2010-04-01/Accounts/uuid/Calls", 401, undefined, ["refused"]],
  [`${API}/Messages.json`, 201, undefined, ["accepted"]],
  ["https://monitor.twilio.com/v1/Alerts", 200, undefined, ["accepted"]],
])("%s with HTTP %i and error %s says that they are %j", async (uri, status, code, told) => {
  expect(await toldOf(uri, status, code)).toEqual(told);
});

test.each([
  ["what a standard API key may not read", `${API}.json`, 401, 20003],
  ["a balance that the key may not read", `${API}/Balance.json`, 401, 20003],
  ["what a restricted API key may not read", "https://monitor.twilio.com/v1/Alerts", 401, 20003],
  ["a permission that the key lacks", `${API}/Messages.json`, 401, 70051],
  ["another refusal", `${API}/Messages.json`, 400, 21211],
  ["an error of Twilio's", `${API}/Messages.json`, 503, undefined],
  ["no answer", `${API}/Messages.json`, 0, undefined],
])("%s says nothing about them", async (_name, uri, status, code) => {
  expect(await toldOf(uri, status, code)).toEqual([]);
});
