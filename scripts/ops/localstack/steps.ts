/** Does one step of a command and says how long it took. */
export type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

const NAME_WIDTH = 28;

/** @param write where a step's name comes when it begins, and its seconds when it has succeeded */
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
