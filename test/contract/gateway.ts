/** What every way to a gateway owes a reception (GatewayPort), told against the bench gateway. */
import { afterEach, describe, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { BenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { normalControls } from '../../src/bench/gateway/controls.ts';
import type { GatewayPort, GatewaySession } from '../../src/reception/ports.ts';
import { agreedTo, decision, never, proofByPin, proveByFace, relayTo } from '../bench/gateway/gateway-bench.ts';

export type GatewayStand = {
  readonly gateway: BenchGateway;
  readonly client: GatewayPort;
  issue(personaId: string, registered?: boolean): Promise<VirtualCard>;
};

let receptions = 0;
const newId = () => `reception-${++receptions}`;

export function gatewayContract(way: string, stand: () => GatewayStand): void {
  async function open(id = newId()): Promise<GatewaySession> {
    const opened = await stand().client.open(id, never);
    if (!opened.ok) throw new Error(opened.fault.code);
    return opened.value;
  }

  async function fault(work: Promise<{ ok: boolean }>): Promise<string> {
    const result = (await work) as { ok: true } | { ok: false; fault: { code: string } };
    return result.ok ? 'no fault' : result.fault.code;
  }

  afterEach(() => {
    const { refusedReaders, ...normal } = normalControls();
    Object.assign(stand().gateway.controls, normal);
    stand().gateway.controls.refusedReaders.clear();
  });

  describe(`the gateway over ${way}`, () => {
    test('a face reception proves identity in three rounds and is answered', async () => {
      const card = await stand().issue('adult');
      const verifiesBefore = card.statistics.verifies;
      const session = await open();
      expect(session.challenge).toHaveLength(32);
      expect(await proveByFace(session, card)).toMatchObject({ ok: true, value: { rounds: 3, standing: { registered: true } } });
      expect(card.statistics.verifies).toBe(verifiesBefore);
      const answer = await session.eligibility(agreedTo('medicines', 'checkups', 'treatment', 'surgery'), never);
      expect(answer).toMatchObject({ ok: true, value: { segmentOfResult: '1', validity: '1' } });
    });

    test('a PIN reception proves identity and is answered with names and numbers as they stand', async () => {
      const session = await open();
      expect(
        await session.prove(await proofByPin(await stand().issue('rare-name'), session.challenge), 'pin', never),
      ).toMatchObject({
        ok: true,
        value: { scope: 'all', registered: true, askable: { birthdate: '1994-11-30' } },
      });
      const answer = await session.eligibility(agreedTo('medicines'), never);
      if (!answer.ok) throw new Error(answer.fault.code);
      expect(answer.value.qualifications[0]).toMatchObject({
        Name: '髙﨑　澪',
        InsurerNumber: '06139999',
        InsuredCardSymbol: '１２３',
        InsuredBranchNumber: '01',
        PharmacistsInfoConsFlg: '1',
        OperationInfoConsFlg: '0',
      });
      expect(answer.value.qualifications[0]).not.toHaveProperty('OperationInfoConsTime');
    });

    test.each([
      ['lost-eligibility', '2', 1],
      ['not-found', '4', 0],
    ] as const)('%s is answered with validity %s', async (personaId, validity, count) => {
      const session = await open();
      await proveByFace(session, await stand().issue(personaId));
      const answer = await session.eligibility(agreedTo(), never);
      expect(answer).toMatchObject({ ok: true, value: { validity } });
      expect(answer.ok && answer.value.qualifications).toHaveLength(count);
    });

    test.each([
      ['certificate-expired', 'GATE-505'],
      ['certificate-revoked', 'GATE-506'],
    ] as const)('%s is refused with %s by PIN and by face', async (personaId, code) => {
      const card = await stand().issue(personaId);
      const session = await open();
      expect(await fault(session.prove(await proofByPin(card, session.challenge), 'pin', never))).toBe(code);
      expect(await fault(proveByFace(session, card))).toBe(code);
    });

    test('of a card that is not registered identity is proved, and there is no eligibility before it is', async () => {
      const session = await open();
      const proof = await proofByPin(await stand().issue('adult', false), session.challenge);
      expect(await session.prove(proof, 'pin', never)).toMatchObject({ ok: true, value: { registered: false } });
      expect(await fault(session.eligibility(agreedTo(), never))).toBe('GATE-508');
    });

    test('a signature over the challenge of another reception is GATE-507', async () => {
      const other = await open();
      const session = await open();
      const proof = await proofByPin(await stand().issue('adult'), other.challenge);
      expect(await fault(session.prove(proof, 'pin', never))).toBe('GATE-507');
    });

    test('a challenge is good for one proof', async () => {
      const card = await stand().issue('adult');
      const session = await open();
      const proof = await proofByPin(card, session.challenge);
      expect((await session.prove(proof, 'pin', never)).ok).toBe(true);
      expect(await fault(session.prove(proof, 'pin', never))).toBe('GATE-507');
    });

    test('a card that does not let itself be used without a PIN is CARD-109, and the PIN still works', async () => {
      const card = await stand().issue('adult');
      const session = await open();
      const step = await session.relay(decision, [], never);
      if (!step.ok || step.value.at !== 'commands') throw new Error('no commands');
      const answers = relayTo(card, step.value.commands);
      answers.splice(4, answers.length, Uint8Array.of(0x63, 0x00));
      expect(await fault(session.relay(decision, answers, never))).toBe('CARD-109');
      expect((await session.prove(await proofByPin(card, session.challenge), 'pin', never)).ok).toBe(true);
    });

    test('eligibility is not told before identity is proved', async () => {
      expect(await fault((await open()).eligibility(agreedTo(), never))).toBe('GATE-507');
    });

    test('a query in progress is asked again until it is answered', async () => {
      const session = await open();
      await proveByFace(session, await stand().issue('adult'));
      stand().gateway.controls.inProgress = 1;
      expect(await session.eligibility(agreedTo(), never)).toMatchObject({ ok: true, value: { validity: '1' } });
      expect(
        stand()
          .gateway.requests.slice(-2)
          .map(({ status }) => status),
      ).toEqual([202, 200]);
    });

    test('an abnormal end is answered as one, with its code', async () => {
      const session = await open();
      await proveByFace(session, await stand().issue('adult'));
      stand().gateway.controls.abnormal = true;
      expect(await session.eligibility(agreedTo(), never)).toMatchObject({
        ok: true,
        value: { segmentOfResult: '9', errorCode: 'OQC-OWSE0900000', qualifications: [] },
      });
    });

    test.each([
      ['down', 'GATE-501'],
      ['error-500', 'GATE-501'],
      ['not-json', 'GATE-503'],
      ['wrong-schema', 'GATE-503'],
      ['other-reception', 'GATE-503'],
      ['too-large', 'GATE-503'],
      ['too-deep', 'GATE-503'],
    ] as const)('a gateway that is %s is %s at every question', async (mode, code) => {
      const card = await stand().issue('adult');
      const session = await open();
      const proof = await proofByPin(card, session.challenge);
      stand().gateway.controls.mode = mode;
      expect(await fault(stand().client.open(newId(), never))).toBe(code);
      expect(await fault(session.relay(decision, [], never))).toBe(code);
      expect(await fault(session.prove(proof, 'pin', never))).toBe(code);
      expect(await fault(session.eligibility(agreedTo(), never))).toBe(code);
    });

    test('a reader that is no longer admitted is GATE-504', async () => {
      stand().gateway.controls.refusedReaders.add('reader-1');
      expect(await fault(stand().client.open(newId(), never))).toBe('GATE-504');
    });

    test('an answer lost after the work was done is asked for again, and the work is done once', async () => {
      const card = await stand().issue('adult');
      stand().gateway.controls.loseAnswers = 1;
      const id = newId();
      const session = await open(id);
      stand().gateway.controls.loseAnswers = 1;
      expect((await session.prove(await proofByPin(card, session.challenge), 'pin', never)).ok).toBe(true);
      const rows = stand()
        .gateway.receptions()
        .filter(({ receptionId }) => receptionId === id);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ method: 'pin', device: 'reader-1' });
    });

    test('an aborted call ends at once with a fault', async () => {
      const controller = new AbortController();
      stand().gateway.controls.slowMs = 60_000;
      const opening = stand().client.open(newId(), controller.signal);
      controller.abort();
      expect(await fault(opening)).toBe('GATE-502');
    });
  });
}
