type Props = {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly maxLength: number;
  readonly secret?: boolean;
  readonly pattern?: string;
};

/** One labelled line to type into, which must be filled. A browser keeps nothing of it. */
export const TextField = ({ label, value, set, maxLength, secret, pattern }: Props) => (
  <label>
    {label}
    <input
      type={secret ? 'password' : 'text'}
      inputMode={secret ? 'numeric' : 'text'}
      autocomplete="off"
      required
      maxLength={maxLength}
      {...(pattern && { pattern })}
      value={value}
      onInput={({ currentTarget }) => set(currentTarget.value)}
    />
  </label>
);
