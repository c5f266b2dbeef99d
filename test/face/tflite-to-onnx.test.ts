import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builder } from 'flatbuffers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import pins from '../../src/setup/models.json' with { type: 'json' };
// @ts-expect-error set-up is plain JavaScript without types
import { tfliteToOnnx } from '../../src/setup/tflite-to-onnx.mjs';

const [ADD, CONV, DEPTHWISE, MUL, RELU, RESHAPE, SUB, ABS] = [0, 3, 4, 18, 19, 22, 41, 101];
const SAME_STRIDE_2 = [0, 2, 2] as const;
const VALID_STRIDE_1 = [1, 1, 1] as const;

type TensorOf = { readonly shape: readonly number[]; readonly values?: readonly number[] };
type Operator = {
  readonly code: number;
  readonly inputs: readonly number[];
  readonly output: number;
  /** Padding (0 same, 1 valid), stride sideways, stride down. */
  readonly convolution?: readonly [number, number, number];
  /** Whole numbers and enums of the operator's options, by their number in the schema. */
  readonly options?: { readonly numbers?: Readonly<Record<number, number>>; readonly enums?: Readonly<Record<number, number>> };
};

/** A TensorFlow Lite file as the public schema has it, with tensor 0 going in and the last operator's output coming out. */
function tflite(tensors: readonly TensorOf[], operators: readonly Operator[]): Uint8Array {
  const file = new Builder();
  const list = (offsets: readonly number[]) => {
    file.startVector(4, offsets.length, 4);
    for (const offset of offsets.toReversed()) file.addOffset(offset);
    return file.endVector();
  };
  const numbers = (values: readonly number[]) => {
    file.startVector(4, values.length, 4);
    for (const value of values.toReversed()) file.addInt32(value);
    return file.endVector();
  };
  const table = (fields: readonly (() => void)[]) => {
    file.startObject(8);
    for (const field of fields) field();
    return file.endObject();
  };
  const buffers = tensors.map(({ values = [] }) => {
    const bytes = new Uint8Array(Float32Array.from(values).buffer);
    file.startVector(1, bytes.length, 4);
    for (const byte of bytes.toReversed()) file.addInt8(byte);
    const data = file.endVector();
    return table([() => file.addFieldOffset(0, data, 0)]);
  });
  const made = tensors.map(({ shape }, index) => {
    const sides = numbers(shape);
    return table([() => file.addFieldOffset(0, sides, 0), () => file.addFieldInt32(2, index, 0)]);
  });
  const codes = [...new Set(operators.map(({ code }) => code))];
  const codeTables = codes.map((code) => table([() => file.addFieldInt8(0, code, 0)]));
  const operatorTables = operators.map(({ code, inputs, output, convolution, options: more }) => {
    const [from, to] = [numbers(inputs), numbers([output])];
    const [padding, across, down] = convolution ?? [0, 0, 0];
    const numbered = Object.entries({ 1: across, 2: down, ...more?.numbers });
    const enums = Object.entries({ ...(convolution && { 0: padding }), ...more?.enums });
    const options = table([
      ...enums.map(
        ([number, value]) =>
          () =>
            file.addFieldInt8(Number(number), value, 0),
      ),
      ...numbered.map(
        ([number, value]) =>
          () =>
            file.addFieldInt32(Number(number), value, 0),
      ),
    ]);
    return table([
      () => file.addFieldInt32(0, codes.indexOf(code), 0),
      () => file.addFieldOffset(1, from, 0),
      () => file.addFieldOffset(2, to, 0),
      () => (convolution || more) && file.addFieldOffset(4, options, 0),
    ]);
  });
  const [into, out] = [numbers([0]), numbers([operators.at(-1)?.output ?? 0])];
  const [tensorList, operatorList] = [list(made), list(operatorTables)];
  const graph = table([
    () => file.addFieldOffset(0, tensorList, 0),
    () => file.addFieldOffset(1, into, 0),
    () => file.addFieldOffset(2, out, 0),
    () => file.addFieldOffset(3, operatorList, 0),
  ]);
  const [codeList, graphs, bufferList] = [list(codeTables), list([graph]), list(buffers)];
  file.finish(
    table([
      () => file.addFieldOffset(1, codeList, 0),
      () => file.addFieldOffset(2, graphs, 0),
      () => file.addFieldOffset(4, bufferList, 0),
    ]),
  );
  return file.asUint8Array();
}

async function run(file: Uint8Array, pixels: readonly number[], shape: readonly number[]): Promise<readonly number[]> {
  const session = await InferenceSession.create(tfliteToOnnx(file, 'small'));
  const output = (await session.run({ input: new Tensor('float32', Float32Array.from(pixels), shape) }))['output'];
  if (!output) throw new Error('the network gave no output');
  return [...(output.data as Float32Array)];
}

/** A picture of 3 × 3 with one channel, and what follows. */
const picture: TensorOf = { shape: [2, 3, 3, 1] };
const none: TensorOf = { shape: [1], values: [0] };

test('a convolution with two outputs, stride 2 and what "same" adds gives what its definition says', async () => {
  // Filters lie as outputs × rows × columns × inputs: the first takes the pixel, the second the one to its right.
  const filters = { shape: [2, 1, 2, 1], values: [1, 0, 0, 1] };
  const file = tflite(
    [picture, filters, { shape: [2], values: [0, 100] }, { shape: [2, 2, 2, 2] }],
    [{ code: CONV, inputs: [0, 1, 2], output: 3, convolution: SAME_STRIDE_2 }],
  );
  const pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(await run(file, pixels, [1, 1, 3, 3])).toEqual([1, 3, 7, 9, 102, 100, 108, 100]);
});

test('a depthwise convolution keeps its channels apart, and a reshape at the end makes one row', async () => {
  // One filter of 1 × 2 × 1 for each of two channels: rows × columns × channels.
  const filters = { shape: [1, 2, 1, 2], values: [1, 10, 2, 20] };
  const file = tflite(
    [
      { shape: [2, 2, 1, 2] },
      filters,
      { shape: [2], values: [0, 0] },
      { shape: [2, 1, 1, 2] },
      { shape: [2], values: [] },
      { shape: [2, 2] },
    ],
    [
      { code: DEPTHWISE, inputs: [0, 1, 2], output: 3, convolution: VALID_STRIDE_1 },
      { code: RESHAPE, inputs: [3, 4], output: 5 },
    ],
  );
  // The first channel is 3 above 5, the second 7 above 9.
  expect(await run(file, [3, 5, 7, 9], [1, 2, 2, 1])).toEqual([3 + 2 * 5, 10 * 7 + 20 * 9]);
});

const spelt = (sum: readonly number[]): Operator[] => [
  { code: RELU, inputs: [0], output: 2 },
  { code: ABS, inputs: [0], output: 3 },
  { code: SUB, inputs: [0, 3], output: 4 },
  { code: MUL, inputs: [1, 4], output: 5 },
  { code: ADD, inputs: sum, output: 6 },
];
const five = [{ shape: [1], values: [0.125] }, ...Array.from({ length: 5 }, () => picture)];

test('relu(x) + slope × (x − |x|) is written as one PRelu with twice the slope', async () => {
  const pixels = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  const expected = pixels.map((x) => (x < 0 ? x / 4 : x));
  expect(await run(tflite([picture, ...five], spelt([2, 5])), pixels, [1, 1, 3, 3])).toEqual(expected);
});

test('the same five operators in another arrangement are refused', () => {
  expect(() => tfliteToOnnx(tflite([picture, ...five], spelt([3, 5])), 'small')).toThrow('operator 19, number 0');
});

test('an operator that is not known is refused by its number', () => {
  const averagePool = 1;
  const file = tflite([picture, none, picture], [{ code: averagePool, inputs: [0], output: 2 }]);
  expect(() => tfliteToOnnx(file, 'small')).toThrow('operator 1, number 0 of the model, is not known');
});

test('an operator without options has those of the schema', async () => {
  const filter = { shape: [1, 1, 1, 1], values: [2] };
  const file = tflite([picture, filter, { shape: [1], values: [1] }, picture], [{ code: CONV, inputs: [0, 1, 2], output: 3 }]);
  const pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(await run(file, pixels, [1, 1, 3, 3])).toEqual(pixels.map((pixel) => 2 * pixel + 1));
});

const relu = 1;
const filter = { shape: [1, 1, 1, 1], values: [2] };
const wide = { shape: [1, 1, 1, 2], values: [2, 3] };
const filtered = [picture, filter, none, picture];
const twice: TensorOf = { shape: [2, 3, 3, 2] };

test.each<readonly [string, readonly TensorOf[], Operator, RegExp]>([
  [
    'a convolution that ends in a relu',
    filtered,
    { code: CONV, inputs: [0, 1, 2], output: 3, options: { enums: { 3: relu } } },
    /activation/,
  ],
  [
    'a sum that ends in a relu',
    [picture, picture],
    { code: ADD, inputs: [0, 0], output: 1, options: { enums: { 0: relu } } },
    /activation/,
  ],
  [
    'a wide-meshed convolution',
    filtered,
    { code: CONV, inputs: [0, 1, 2], output: 3, options: { numbers: { 4: 2 } } },
    /dilation/,
  ],
  [
    'a wide-meshed depthwise convolution',
    filtered,
    { code: DEPTHWISE, inputs: [0, 1, 2], output: 3, options: { numbers: { 6: 2 } } },
    /dilation/,
  ],
  [
    'two filters for one channel',
    [picture, wide, none, twice],
    { code: DEPTHWISE, inputs: [0, 1, 2], output: 3 },
    /more than one filter/,
  ],
  ['pixels put into one row', [picture, none, { shape: [2, 9] }], { code: RESHAPE, inputs: [0, 1], output: 2 }, /operator 22/],
])('%s is refused', (_, tensors, operator, why) => {
  expect(() => tfliteToOnnx(tflite(tensors, [operator]), 'small')).toThrow(why);
});

const tarball = pins.packages.find(({ name }) => name === pins.models.mobilefacenet.package)?.file ?? '';
const cached = join(import.meta.dirname, '../../build/cache', tarball);

test.runIf(existsSync(cached))('the shipped file gives the very bytes that are pinned', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-tflite-'));
  try {
    execFileSync('tar', ['-xzf', cached, '-C', folder, pins.models.mobilefacenet.entry]);
    const onnx = tfliteToOnnx(await readFile(join(folder, pins.models.mobilefacenet.entry)), 'mobilefacenet');
    expect(createHash('sha256').update(onnx).digest('hex')).toBe(pins.models.mobilefacenet.sha256);
  } finally {
    await rm(folder, { recursive: true });
  }
});
