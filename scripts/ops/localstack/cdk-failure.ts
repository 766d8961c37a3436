/** A resource that could not be made, as `cdk --progress errors-only` tells it: stack | status | type | name, then why. */
const FAILED_RESOURCE = /^.+ \| \w+_FAILED +\| \S+ +\| (\S+) (?:\(\S+\) )?(.*)$/m;
const FAILED_OTHERWISE = /^ *(?:❌|✘|‣) *(.+)$/m;
/** The last line that says what went wrong, of a program that ended by an exception. */
const EXCEPTION = /^(?:\w*Error|error): (.+)$/m;

/** Why `cdk` failed, in one line, out of what it printed. */
export function failureOf(output: string): string {
  const [, resource, reason] = FAILED_RESOURCE.exec(output) ?? [];
  if (resource !== undefined) return `${resource}: ${reason || 'no reason given'}`;
  const line = EXCEPTION.exec(output)?.[1] ?? FAILED_OTHERWISE.exec(output)?.[1];
  return line ?? (output.trim().split('\n').at(-1) || 'it printed nothing');
}
