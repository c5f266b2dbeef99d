import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Clock } from '../clock.ts';
import type { Passkey } from './people.ts';

const CHALLENGE_MS = 5 * 60_000;
const MOST_CHALLENGES = 100;
/** COSE: EdDSA, ES256 and RS256 (Windows Hello); the library's own list asks Node for algorithms that no authenticator has yet. */
const ALGORITHMS = [-8, -7, -257];

/** Where a page was opened: a passkey belongs to one name (WebAuthn Level 3, relying party id). */
export type Place = { readonly origin: string; readonly hostName: string };

export type Passkeys = {
  registration(place: Place, name: string): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** The new passkey, or undefined when the answer does not fit one of our challenges. */
  registered(place: Place, response: unknown): Promise<Passkey | undefined>;
  authentication(place: Place): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** The authenticator's new counter, or undefined when the answer does not prove this passkey. */
  authenticated(place: Place, response: unknown, passkey: Passkey): Promise<number | undefined>;
};

/** Passkeys with user verification (the authenticator's own PIN or biometrics); each challenge is good once, for five minutes. */
export function createPasskeys(clock: Clock, random: (length: number) => Uint8Array): Passkeys {
  const open = new Map<string, number>();
  const newChallenge = () => {
    const [oldest] = open.keys();
    if (oldest !== undefined && open.size >= MOST_CHALLENGES) open.delete(oldest);
    const challenge = Uint8Array.from(random(32));
    open.set(Buffer.from(challenge).toString('base64url'), clock.now() + CHALLENGE_MS);
    return challenge;
  };
  const spend = (challenge: string) => {
    const untilMs = open.get(challenge) ?? 0;
    open.delete(challenge);
    return untilMs > clock.now();
  };

  return {
    registration: ({ hostName }, name) =>
      generateRegistrationOptions({
        rpName: 'Kazasu',
        rpID: hostName,
        userName: name,
        challenge: newChallenge(),
        attestationType: 'none',
        supportedAlgorithmIDs: ALGORITHMS,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    async registered({ origin, hostName }, response) {
      const { verified, registrationInfo } = await orRefused(() =>
        verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          supportedAlgorithmIDs: ALGORITHMS,
          expectedChallenge: spend,
          expectedOrigin: origin,
          expectedRPID: hostName,
        }),
      );
      if (!verified || !registrationInfo) return undefined;
      const { id, publicKey, counter } = registrationInfo.credential;
      return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter };
    },
    authentication: ({ hostName }) =>
      generateAuthenticationOptions({ rpID: hostName, challenge: newChallenge(), userVerification: 'required' }),
    async authenticated({ origin, hostName }, response, { id, publicKey, counter }) {
      const { verified, authenticationInfo } = await orRefused(() =>
        verifyAuthenticationResponse({
          response: response as AuthenticationResponseJSON,
          expectedChallenge: spend,
          expectedOrigin: origin,
          expectedRPID: hostName,
          credential: { id, publicKey: Uint8Array.from(Buffer.from(publicKey, 'base64url')), counter },
        }),
      );
      return verified ? authenticationInfo?.newCounter : undefined;
    },
  };
}

type Refused = { readonly verified: false; readonly registrationInfo?: never; readonly authenticationInfo?: never };

/** The library throws for whatever a page has got wrong; nothing else is called within. */
async function orRefused<T>(verify: () => Promise<T>): Promise<T | Refused> {
  try {
    return await verify();
  } catch {
    return { verified: false };
  }
}
