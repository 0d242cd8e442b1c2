/**
 * The webhook relay of the app "Twilio for Home Assistant": a Twilio Function that the app has put into this account.
 * Twilio's requests to this Function go on to a webhook of Home Assistant as an encrypted note. The app answers by a
 * Sync document named as the note's id, and this Function returns that answer. It decides nothing by itself.
 *
 * Source and documentation: https://github.com/twilio-for-home-assistant/app
 * Please do not edit it here: the app does not update a Function that somebody has changed.
 */
const { createCipheriv, createHmac, randomBytes, randomUUID, timingSafeEqual } = require("node:crypto");

/** Raised with each change of this file: an app replaces only a lower version. */
const VERSION = 1;

/** Twilio ends a Function after 10 s. After these milliseconds no request of this one is open any more. */
const ANSWER_MS = 8_000;
/** A note is posted again after so long, in milliseconds, or earlier if the post has failed. */
const POST_AGAIN_MS = 1_500;
const POST_AGAIN_AFTER_FAILURE_MS = 500;
/** When the answer is looked for, in milliseconds since the start; then again and again. */
const FIRST_READS_MS = [100, 250, 500];
const READ_AGAIN_MS = 700;
/** When a call that has no answer yet asks whether the app was there within a day, in milliseconds since the start. */
const CHECK_PRESENCE_MS = 4_000;
/** Ends a call that rings, unbilled. */
const REJECT = '<?xml version="1.0" encoding="UTF-8"?><Response><Reject/></Response>';

/** The paths, and the one parameter that an address of each may have. Twilio has no parameters with these names. */
const PARAMETER_OF_PATH = {
  "/webhook": null,
  "/status/message": "ref",
  "/status/call": "ref",
  "/recording": "ref",
  "/talk": "s",
  "/self-test": "s",
};

exports.version = VERSION;

/** Twilio calls this for each request. Calls back with the app's own answer, or with what stands for a missing one. */
exports.handler = async function relay(context, event, callback) {
  const end = new AbortController();
  let answer;
  try {
    answer = await answerRequest(context, event, end.signal);
  } catch {
    answer = response(503, "text/plain", "The relay failed.");
  }
  end.abort();
  callback(null, answer);
};

async function answerRequest(context, event, ended) {
  const at = Date.now();
  const request = readRequest(context.PATH, event);
  if (request === null) return response(400, "text/plain", "Twilio sends no such request to this address.");
  if (!isSigned(context, request)) return response(403, "text/plain", "The signature is wrong.");

  const head = { v: 1, id: randomUUID(), at, until: at + ANSWER_MS, path: context.PATH };
  const isCall = ["/webhook", "/talk"].includes(context.PATH) && request.params.CallSid !== undefined;
  const app = { isLongAway: false };
  if (isCall) void checkPresence(context, app, ended);
  const answer = await askHouse(context, encryptNote(context, head, request), ended);
  if (answer !== null) return response(answer.status, answer.type, answer.body);
  if (isCall) return response(200, "text/xml", app.isLongAway ? REJECT : context.AWAY);
  // Twilio tries again, and then at the fallback address.
  return response(503, "text/plain", "The app in Home Assistant did not answer.");
}

/** Resolves with the app's answer; null if there is none in time. */
function askHouse(context, note, ended) {
  return new Promise((resolve) => {
    void sleep(ANSWER_MS, ended).then(() => resolve(null));
    const isDoneByPosting = note.path === "/status/message";
    const onReturned = () => isDoneByPosting && resolve({ status: 204, type: null, body: "" });
    void keepPosting(context.HOUSE_URL, JSON.stringify(note), ended, onReturned);
    if (!isDoneByPosting) void keepReading(context, note.id, ended, resolve);
  });
}

/** Null for what Twilio would not send to the path. Form and query lie in one object, whose form values win. */
function readRequest(path, event) {
  const name = PARAMETER_OF_PATH[path];
  if (name === undefined) return null;
  const { request, ...params } = event;
  const value = name === null ? undefined : params[name];
  if (value !== undefined) {
    if (typeof value !== "string" || !/^[\w.-]+$/.test(value)) return null;
    delete params[name];
  }
  const isForm = Object.values(params)
    .flat()
    .every((one) => typeof one === "string");
  const signature = request?.headers?.["x-twilio-signature"];
  if (!isForm || typeof signature !== "string") return null;
  return { query: value === undefined ? "" : `?${name}=${value}`, signature, params };
}

/** Twilio signs the address, then each name with its different values, sorted. Source: twilio.com/docs/usage/security */
function isSigned(context, { query, signature, params }) {
  const inOrder = (a, b) => (a < b ? -1 : 1);
  const names = Object.keys(params).toSorted(inOrder);
  const values = (name) => [...new Set([params[name]].flat())].toSorted(inOrder);
  const signed = names.flatMap((name) => values(name).map((value) => name + value)).join("");
  const expected = createHmac("sha1", context.AUTH_TOKEN)
    .update(`https://${context.DOMAIN_NAME}${context.PATH}${query}${signed}`)
    .digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Encrypts the request. Home Assistant and its cloud can read the note's time and path, but cannot change them unnoticed. */
function encryptNote(context, head, request) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(context.KEY, "base64"), nonce);
  cipher.setAAD(Buffer.from(JSON.stringify([head.v, head.id, head.at, head.until, head.path])));
  const parts = [nonce, cipher.update(JSON.stringify(request), "utf8"), cipher.final(), cipher.getAuthTag()];
  return { ...head, box: Buffer.concat(parts).toString("base64") };
}

/** Posts until `ended`, also after a post that returned: that proves nothing about the app. */
async function keepPosting(url, body, ended, onReturned) {
  while (!ended.aborted) {
    const settled = post(url, body, ended).then((hasReturned) => {
      if (hasReturned) onReturned();
      return sleep(hasReturned ? POST_AGAIN_MS : POST_AGAIN_AFTER_FAILURE_MS, ended);
    });
    // A post that hangs does not hold up the next one.
    await Promise.race([sleep(POST_AGAIN_MS, ended), settled]);
  }
}

async function post(url, body, ended) {
  const headers = { "content-type": "application/json" };
  try {
    return (await fetch(url, { method: "POST", headers, body, redirect: "error", signal: ended })).ok;
  } catch {
    return false;
  }
}

/** Looks for the answer until `ended`. */
async function keepReading(context, id, ended, onAnswer) {
  let elapsed = 0;
  for (const ms of readTimes()) {
    await sleep(ms - elapsed, ended);
    if (ended.aborted) return;
    elapsed = ms;
    void readDocument(context, id, ended).then(({ status, data }) => status === 200 && onAnswer(data));
  }
}

function* readTimes() {
  yield* FIRST_READS_MS;
  for (let ms = FIRST_READS_MS.at(-1); ;) yield (ms += READ_AGAIN_MS);
}

/** The app renews a document that lives for 24 h. `app.isLongAway` becomes true only where Sync says that it is gone. */
async function checkPresence(context, app, ended) {
  await sleep(CHECK_PRESENCE_MS, ended);
  if (ended.aborted) return;
  app.isLongAway = (await readDocument(context, "present", ended)).status === 404;
}

/** `status` is 0 where no answer came. */
async function readDocument(context, name, ended) {
  const authorization = Buffer.from(`${context.ACCOUNT_SID}:${context.AUTH_TOKEN}`).toString("base64");
  try {
    const headers = { authorization: `Basic ${authorization}` };
    const options = { headers, redirect: "error", signal: ended };
    const found = await fetch(`${context.ANSWERS_URL}/${name}`, options);
    if (found.status !== 200) return { status: found.status, data: null };
    return { status: 200, data: (await found.json()).data };
  } catch {
    return { status: 0, data: null };
  }
}

/** Ends early when `ended` aborts. */
function sleep(ms, ended) {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve();
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      ended.removeEventListener("abort", stop);
      resolve();
    }, ms);
    ended.addEventListener("abort", stop, { once: true });
  });
}

function response(status, type, body) {
  const made = new Twilio.Response();
  made.setStatusCode(status);
  if (type !== null) made.appendHeader("Content-Type", type);
  made.setBody(body);
  return made;
}
