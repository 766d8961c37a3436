/** An append-mostly list of numbers at 8 bytes each. */
export type NumberColumn = {
  readonly length: number;
  /** @throws RangeError for an index outside the column */
  readonly at: (index: number) => number;
  /** Puts `value` at `index`, from 0 to the length, and moves the following entries by one. */
  readonly insert: (index: number, value: number) => void;
  readonly push: (value: number) => void;
  /** Adds `value` to every entry from `index` on. */
  readonly addFrom: (index: number, value: number) => void;
  /** Returns a copy of the values. */
  readonly toArray: () => Float64Array;
};

export function createNumberColumn(): NumberColumn {
  let values = new Float64Array(1_024);
  let length = 0;

  function insert(index: number, value: number): void {
    if (length === values.length) {
      const larger = new Float64Array(2 * length);
      larger.set(values);
      values = larger;
    }
    values.copyWithin(index + 1, index, length);
    values[index] = value;
    length += 1;
  }

  return {
    get length() {
      return length;
    },
    at: (index) => {
      const value = index < length ? values[index] : undefined;
      if (value === undefined) throw new RangeError(`No entry ${index} in a column of ${length}`);
      return value;
    },
    insert,
    push: (value) => insert(length, value),
    addFrom: (index, value) => {
      for (let entry = index; entry < length; entry += 1) values[entry] = (values[entry] ?? 0) + value;
    },
    toArray: () => values.slice(0, length),
  };
}
