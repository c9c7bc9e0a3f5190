/** Values in a link that open something by themselves. */
const OPENS = /([?&](?:token|signature)=)[^&\s"'<>\\]+/g

/** A text from outside as it may be kept: a mail server or an endpoint may say back what it was sent, links included. */
export const withoutKeys = (text: string): string => text.replaceAll(OPENS, '$1…')
