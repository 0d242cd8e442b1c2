/**
 * Twilio's own classes for the hosts that the app uses, loaded when the app first needs them. Twilio's whole client
 * would take 17 MB more memory, because it has the classes of all products and an HTTP client of its own.
 */
export { default as Api } from "twilio/lib/rest/Api.js";
export { default as Messaging } from "twilio/lib/rest/Messaging.js";
export { default as Monitor } from "twilio/lib/rest/Monitor.js";
export { default as Serverless } from "twilio/lib/rest/Serverless.js";
export { default as Voice } from "twilio/lib/rest/Voice.js";
