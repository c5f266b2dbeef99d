import { signal } from '@preact/signals';
import { systemClock } from '../../../clock.ts';
import type { Result } from '../../../faults/result.ts';
import type { DockAction } from '../dock-action.ts';
import type { DockView } from '../dock-bench.ts';

const RECONNECT_MS = 500;

/** What the bench shows; undefined while it is not there. */
export const view = signal<DockView | undefined>(undefined);

export function openView(): void {
  const socket = new WebSocket(`ws://${location.host}/view`);
  socket.onmessage = ({ data }) => {
    view.value = JSON.parse(data);
  };
  socket.onclose = () => {
    view.value = undefined;
    systemClock.after(RECONNECT_MS, openView);
  };
}

const post = (path: string, body: unknown) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** A lost request shows itself: the view does not change, and goes when the bench is gone. */
export function act(action: DockAction): void {
  void carriedOut(action);
}

/** @returns whether it was, when it is done */
export async function carriedOut(action: DockAction): Promise<boolean> {
  return post('/actions', action).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @param pictures JPEG files; the bench keeps them in memory only */
export async function issueOwn(pictures: readonly Blob[]): Promise<Result<void>> {
  try {
    const answer = await post('/own-card', { pictures: await Promise.all(pictures.map(base64)) });
    return answer.ok ? await answer.json() : { ok: false, fault: { code: 'SYS-901' } };
  } catch {
    return { ok: false, fault: { code: 'SYS-901' } };
  }
}

async function base64(picture: Blob): Promise<string> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
