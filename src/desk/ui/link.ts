/** The page's line to the desk: the view in, requests out. */
import { signal } from '@preact/signals';
import { systemClock } from '../../clock.ts';
import { LOST_AFTER_MS } from '../heartbeat.ts';
import type { DeskView, Refusal } from '../protocol.ts';

/** What the desk shows; undefined while nobody is signed in. */
export const view = signal<DeskView | undefined>(undefined);
/** Until it is known whether somebody is signed in. */
export const starting = signal(true);
/** The line to the desk is cut; what is shown is old. */
export const lost = signal(false);

/** `unreachable`: no answer at all. */
export type Problem = Refusal | { readonly reason: 'unreachable' };
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

let news: EventSource | undefined;
let cancelWatch = () => {};

/** Shows the desk if somebody is signed in here, and the sign-in otherwise. */
export async function start(): Promise<void> {
  const answer = await get<DeskView>('/view');
  starting.value = false;
  if (!answer.ok) return;
  view.value = answer.value;
  listen();
}

function listen(): void {
  news?.close();
  news = new EventSource('/news');
  news.onmessage = ({ data }: MessageEvent<string>) => {
    heard();
    view.value = JSON.parse(data);
  };
  news.addEventListener('beat', heard);
  watch();
  news.onerror = () => {
    lost.value = true;
    // A browser gives up where it was answered and refused: that is a sign-in that is over.
    if (news?.readyState === EventSource.CLOSED) leave();
  };
}

function heard(): void {
  lost.value = false;
  watch();
}

/** A cable that is pulled closes nothing: without a beat the page tries anew by itself. */
function watch(): void {
  cancelWatch();
  cancelWatch = systemClock.after(LOST_AFTER_MS, () => {
    lost.value = true;
    listen();
  });
}

function leave(): void {
  cancelWatch();
  news?.close();
  lost.value = false;
  view.value = undefined;
}

export async function signOut(): Promise<void> {
  await post('/sign-out', {});
  leave();
}

export const get = <T>(path: string) => ask<T>(path, { method: 'GET' });

/** @param body sent as JSON, or as the bytes that it is */
export function post<T = void>(path: string, body: unknown): Promise<Answer<T>> {
  const bytes = body instanceof Uint8Array;
  const headers = { 'content-type': bytes ? 'application/octet-stream' : 'application/json' };
  return ask<T>(path, { method: 'POST', headers, body: bytes ? (body as BodyInit) : JSON.stringify(body) });
}

async function ask<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, request);
    if (!answer.ok) return refused((await answer.json()) as Refusal);
    if (answer.status === 204) return { ok: true, value: undefined as T };
    const isJson = answer.headers.get('content-type')?.startsWith('application/json');
    return { ok: true, value: (isJson ? await answer.json() : answer) as T };
  } catch {
    return { ok: false, problem: { reason: 'unreachable' } };
  }
}

function refused(problem: Refusal): { readonly ok: false; readonly problem: Refusal } {
  if (problem.reason === 'signed-out') leave();
  return { ok: false, problem };
}
