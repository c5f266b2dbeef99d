import type { CardModule } from '../../src/card/module/card-module.ts';
import type { Fault } from '../../src/faults/result.ts';
import { bytes, hex } from './hex.ts';

/** A module whose card knows these commands and answers, as printed bytes; any other command is 6D00. */
export function moduleWith(answers: Readonly<Record<string, string | Fault | readonly (string | Fault)[]>>) {
  const sent: string[] = [];
  const module: Pick<CardModule, 'slots' | 'transmit'> = {
    slots: [{ kind: 'contactless', readLength: 256 }],
    async transmit(_slot, command) {
      const asked = hex(command);
      const before = sent.filter((each) => each === asked).length;
      sent.push(asked);
      const known = answers[asked] ?? '6D 00';
      const answer = typeof known === 'string' || 'code' in known ? known : (known[before] ?? known.at(-1) ?? '6D 00');
      return typeof answer === 'string' ? { ok: true, value: bytes(answer) } : { ok: false, fault: answer };
    },
  };
  return { module: module as CardModule, sent };
}
