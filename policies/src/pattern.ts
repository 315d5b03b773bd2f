/**
 * Whether a text matches a configured regular expression. @throws Error with the setting if the expression is invalid
 */
export function matcher(setting: string, pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern);
    return (text) => expression.test(text);
  } catch (cause) {
    throw new Error(`"${setting}" is ${JSON.stringify(pattern)}, which is not a regular expression.`, {
      cause,
    });
  }
}
