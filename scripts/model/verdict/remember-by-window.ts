/** The same answer for the same window, worked out once. */
export function rememberByWindow<T>(answer: (windowSeconds: number) => T): (windowSeconds: number) => T {
  const known = new Map<number, T>();
  return (windowSeconds) => {
    const present = known.get(windowSeconds);
    if (present !== undefined) return present;
    const made = answer(windowSeconds);
    known.set(windowSeconds, made);
    return made;
  };
}
