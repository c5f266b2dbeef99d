import { useEffect, useState } from 'preact/hooks';
import type { PeopleView, PersonView } from '../protocol.ts';
import { FacilityPassword } from './facility-password.tsx';
import { FocusedButton } from './focused-button.tsx';
import { get, type Problem, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';
import { WithName } from './with-name.tsx';

export function People() {
  const [view, setView] = useState<PeopleView | undefined>(undefined);
  const [removing, setRemoving] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const { people: words, roles } = texts.value;

  async function load() {
    const answer = await get<PeopleView>('/people');
    if (answer.ok) setView(answer.value);
    else setProblem(answer.problem);
  }
  useEffect(() => void load(), []);

  async function remove(id: string) {
    setRemoving(undefined);
    const answer = await post('/people/remove', { id });
    setProblem(answer.ok ? undefined : answer.problem);
    await load();
  }

  if (!view) return <ProblemLine problem={problem} />;
  const actions = (person: PersonView) =>
    removing === person.id ? (
      <>
        <FocusedButton onClick={() => remove(person.id)}>
          <WithName words={words.removeSure} name={person.name} />
        </FocusedButton>
        <button type="button" onClick={() => setRemoving(undefined)}>
          {words.keep}
        </button>
      </>
    ) : (
      <button type="button" aria-label={words.removeOf(person.name)} onClick={() => setRemoving(person.id)}>
        {words.remove}
      </button>
    );
  return (
    <section>
      <h2>{words.title}</h2>
      <ProblemLine problem={problem} />
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.way}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {view.people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <bdi class="name">{person.name}</bdi>
              </th>
              <td>{roles[person.role]}</td>
              <td>{person.passkey ? words.passkey : words.password}</td>
              <td>{actions(person)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Invite />
      <FacilityPassword isSet={view.passwordSet} onSet={load} />
    </section>
  );
}

function Invite() {
  const [code, setCode] = useState<string | undefined>(undefined);
  const { people: words, roles } = texts.value;
  const invite = async (role: PersonView['role']) => {
    const answer = await post<{ readonly code: string }>('/people/invite', { role });
    setCode(answer.ok ? answer.value.code : undefined);
  };
  return (
    <>
      <h3>{words.invite}</h3>
      <p class="buttons">
        {(['reception', 'administrator'] as const).map((role) => (
          <button type="button" key={role} onClick={() => invite(role)}>
            {words.inviteAs(roles[role])}
          </button>
        ))}
      </p>
      <div role="status">
        {code && <p class="large">{words.code(code)}</p>}
        {code && <p class="soft">{words.codeAbout}</p>}
      </div>
    </>
  );
}
