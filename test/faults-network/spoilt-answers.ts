/** What a machine between reader and gateway can make of an answer, as the bytes that the reader gets. */

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

export const spoiltAnswers = [
  'status-500',
  'status-502-html',
  'status-503',
  'status-429',
  'redirect',
  'not-http',
  'not-json',
  'truncated-json',
  'length-too-long',
  'length-too-short',
  'huge-body',
  'huge-header',
  'deep-json',
  'not-utf-8',
  'empty',
  'wrong-schema',
  'other-status',
  /** The answer to another reception's request. */
  'swapped',
  /** The same, with the trace of this request. */
  'swapped-with-this-trace',
  /** The answer before this one. */
  'replayed',
] as const;
export type Spoilt = (typeof spoiltAnswers)[number];

const HTML = Buffer.from('<html><body>Bad Gateway</body></html>');

/** @param other an answer that the middle has given before, if there was one */
export function spoil(fault: Spoilt, answer: Answer, other: Answer | undefined): Buffer {
  const { status, headers, body } = answer;
  const withBody = (bytes: Buffer, more: Partial<Answer> = {}) => written({ status, headers, ...more, body: bytes });
  switch (fault) {
    case 'status-500':
      return withBody(Buffer.from('{"code":"unavailable"}'), { status: 500 });
    case 'status-502-html':
      return withBody(HTML, { status: 502, headers: { 'content-type': 'text/html' } });
    case 'status-503':
      return withBody(HTML, { status: 503, headers: { 'content-type': 'text/html', 'retry-after': '1' } });
    case 'status-429':
      return withBody(HTML, { status: 429, headers: { 'content-type': 'text/html' } });
    case 'redirect':
      return withBody(Buffer.alloc(0), { status: 302, headers: { location: 'https://127.0.0.1:1/' } });
    case 'not-http':
      return Buffer.from('220 mail.example.invalid ESMTP\r\n');
    case 'not-json':
      return withBody(HTML);
    case 'truncated-json':
      return withBody(body.subarray(0, body.length - 5));
    case 'length-too-long':
      return written(answer, body.length + 100);
    case 'length-too-short':
      return written(answer, body.length - 3);
    case 'huge-body':
      return withBody(Buffer.concat([body, Buffer.alloc(2_000_000, 0x20)]));
    case 'huge-header':
      return withBody(body, { headers: { ...headers, 'x-padding': 'x'.repeat(40_000) } });
    case 'deep-json':
      return withBody(Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`));
    case 'not-utf-8':
      return withBody(Buffer.concat([body.subarray(0, 10), Buffer.of(0xff), body.subarray(10)]));
    case 'empty':
      return withBody(Buffer.alloc(0));
    case 'wrong-schema':
      return withBody(Buffer.from(body.toString('utf8').replace(/}$/, ',"more":1}')));
    case 'other-status':
      return withBody(body, { status: status === 200 ? 201 : 200 });
    case 'swapped':
    case 'replayed':
      return written(other ?? { status: 500, headers, body: HTML });
    case 'swapped-with-this-trace':
      return withBody(other?.body ?? HTML);
  }
}

function written({ status, headers, body }: Answer, length = body.length): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} Status\r\n${lines.join('')}content-length: ${length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
