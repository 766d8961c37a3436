/** Does one step of a command and prints how long it took. */
export type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

const NAME_WIDTH = 28;

/** @param write prints the name of a step at its start, and its seconds or `failed` at its end */
export function createSteps(write: (text: string) => void): Step {
  return async (name, work) => {
    write(name.padEnd(NAME_WIDTH));
    const startedMs = performance.now();
    let end = 'failed';
    try {
      const result = await work();
      end = `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
      return result;
    } finally {
      write(`${end}\n`);
    }
  };
}
