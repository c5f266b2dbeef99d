import { useEffect, useState } from 'preact/hooks';
import type { AuthorityView } from '../protocol.ts';
import { get } from './link.ts';
import { texts } from './preferences.ts';

/** How this computer comes to trust the reader, once. */
export function Trust() {
  const [authority, setAuthority] = useState<AuthorityView | undefined>(undefined);
  useEffect(() => {
    void get<AuthorityView>('/certificate').then((answer) => answer.ok && setAuthority(answer.value));
  }, []);
  const { signIn: words } = texts.value;
  return (
    <div class="trust">
      <p>
        <a href="/certificate.crt">{words.certificate}</a> <span class="soft">{words.certificateAbout}</span>
      </p>
      {authority && (
        <p class="soft">
          {words.fingerprint} <code>{authority.fingerprint}</code> {words.until(authority.endsAt.slice(0, 10))}
        </p>
      )}
    </div>
  );
}
