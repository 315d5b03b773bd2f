/** Whether a text matches a regular expression of the configuration. @throws Error that names the setting, where it is none */
export function matcher(setting: string, pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern);
    return (text) => expression.test(text);
  } catch (cause) {
    throw new Error(`"${setting}" is ${JSON.stringify(pattern)}, which is no regular expression.`, { cause });
  }
}
