type Choice = {
  readonly words: string;
  readonly value: number;
  readonly offered: readonly number[];
  readonly unit?: (value: number) => string;
  readonly onChoose: (value: number) => void;
};

/** A number out of a few; one that came to be otherwise is offered too. */
export function NumberChoice({ words, value, offered, unit = String, onChoose }: Choice) {
  const options = offered.includes(value) ? offered : [...offered, value].sort((left, right) => left - right);
  return (
    <label class="field">
      {words}
      <select value={value} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
        {options.map((option) => (
          <option key={option} value={option}>
            {unit(option)}
          </option>
        ))}
      </select>
    </label>
  );
}
