/**
 * The hosts of Twilio that the app uses, each with Twilio's own classes. Loaded when first needed. Twilio's whole client
 * would take 17 MB more, because it has the classes of all products and an HTTP client of its own.
 */
export { default as Api } from "twilio/lib/rest/Api.js";
export { default as Messaging } from "twilio/lib/rest/Messaging.js";
export { default as Monitor } from "twilio/lib/rest/Monitor.js";
export { default as Serverless } from "twilio/lib/rest/Serverless.js";
export { default as Voice } from "twilio/lib/rest/Voice.js";
