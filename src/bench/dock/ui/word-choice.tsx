type Choice<Name extends string> = {
  readonly label: string;
  /** What each value is called, in the order in which they are offered. */
  readonly words: Readonly<Record<Name, string>>;
  readonly value: Name;
  readonly onChoose: (value: Name) => void;
};

/** One of a few named values. */
export function WordChoice<Name extends string>({ label, words, value, onChoose }: Choice<Name>) {
  return (
    <label class="field">
      {label}
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value as Name)}>
        {(Object.entries(words) as [Name, string][]).map(([name, called]) => (
          <option key={name} value={name}>
            {called}
          </option>
        ))}
      </select>
    </label>
  );
}
