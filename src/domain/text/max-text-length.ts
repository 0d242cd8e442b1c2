/**
 * The longest text of a message that Twilio accepts, in UTF-16 units. Source:
 * twilio.com/docs/messaging/api/message-resource
 */
export const MAX_TEXT_LENGTH = 1600;
