/** Characters of a message's text, as UTF-16 counts them. Source: twilio.com/docs/messaging/api/message-resource */
export const LONGEST_TEXT = 1600;
