/** The texts of the page Contacts. */
export const CONTACTS_EN = {
  title: "Contacts",
  back: "All conversations",
  list: "Your contacts",
  none: "No contacts yet. Add the people that you call or write to.",
  /** The page shows this below a contact of the options, which the page cannot change. */
  fromOptions: "from the app's options",
  optionsNote:
    "Change contacts from the options in the app's configuration. The changes apply after a restart of the app.",
  change: "Change",
  remove: "Remove",
  addTitle: "Add a contact",
  changeTitle: "Change a contact",
  name: "Name",
  number: "Number",
  numberHint: "With its country code, such as +12125550123, or as you dial it at home.",
  push: "Push action (optional)",
  pushHint:
    "The notify action of this person's phone, such as notify.mobile_app_alice. Alarms use it for push notifications.",
  pin: "PIN (optional)",
  pinHint: "4 to 8 digits that this person enters on the phone to take an alarm.",
  save: "Save",
  cancel: "Cancel",
  /** The link beside a number that belongs to no contact. */
  saveAs: "Save as contact",
  done: {
    saved: "Saved. Actions, events and this page use the contact from now on.",
    removed: "Removed.",
  },
  faults: {
    no_name: "Not saved: enter a name of at most 80 characters.",
    number_as_name:
      "Not saved: a name needs at least one letter, so that actions do not confuse it with a number.",
    no_number: "Not saved: this is not a number. Enter it with its country code, such as +12125550123.",
    no_push: "Not saved: a push action looks like notify.mobile_app_alice.",
    no_pin: "Not saved: a PIN has 4 to 8 digits.",
    taken: "Not saved: another contact has this name. Enter a different one.",
    too_many: "Not saved: there are 500 contacts already. Remove one first.",
    gone: "This contact does not exist any more.",
    not_stored: "Not saved: the app could not write to its disk. See the app's log.",
  },
};

export type ContactsTexts = typeof CONTACTS_EN;
