/**
 * Turns a TensorFlow Lite network of convolutions into ONNX, for a batch of one. Only the operators that
 * MobileFaceNet.tflite is made of are known, with the options that they have there; any other is an error.
 *
 * TensorFlow Lite keeps pixels as rows × columns × channels, ONNX as channels × rows × columns: weights are laid out anew.
 */
import { readTflite } from './read-tflite.mjs';
import { writeOnnx } from './write-onnx.mjs';

/** Numbers of the builtin operators in the public schema. */
const [ADD, CONV_2D, DEPTHWISE_CONV_2D, MUL, RELU, RESHAPE, SUB, ABS] = [0, 3, 4, 18, 19, 22, 41, 101];
/** relu(x) + slope × (x − |x|): for x below 0 it is 2 × slope × x, which is what a PRelu computes. */
const PRELU = [RELU, ABS, SUB, MUL, ADD];
const FLOAT32 = 0;
const SAME = 0;
const NO_PADDING = [0, 0, 0, 0];
/** Where an operator's options tell of an activation built in, the enum's 0 being none. */
const ACTIVATION = { [ADD]: 0, [CONV_2D]: 3, [DEPTHWISE_CONV_2D]: 4, [MUL]: 0, [SUB]: 0 };
/** Where those of a convolution tell how far apart the filter's columns and rows are laid. */
const DILATION = { [CONV_2D]: [4, 5], [DEPTHWISE_CONV_2D]: [5, 6] };

/** The ONNX file's bytes; its input is called `input`, its output `output`. Throws on what it does not know. */
export function tfliteToOnnx(file, name) {
  const model = readTflite(file);
  const graph = { model, nodes: [], weights: [] };
  for (let index = 0; index < model.operators.length; ) index += convert(graph, index);
  const port = (label, tensor) => ({ name: label, shape: onnxShape(model.tensors[tensor].shape) });
  const { nodes, weights } = graph;
  return writeOnnx({ name, nodes, weights, input: port('input', model.inputs[0]), output: port('output', model.outputs[0]) });
}

/** Returns how many operators were converted. */
function convert(graph, index) {
  if (preluAt(graph, index)) return PRELU.length;
  const operator = graph.model.operators[index];
  const { code, inputs, outputs } = operator;
  refuseActivation(operator);
  const isLast = index === graph.model.operators.length - 1;
  if (code === CONV_2D || code === DEPTHWISE_CONV_2D) convolve(graph, operator);
  else if (code === ADD)
    addNode(
      graph,
      'Add',
      inputs.map((input) => nameOf(graph, input)),
      outputs[0],
    );
  else if (code === RESHAPE && isLast && flattens(graph, operator))
    addNode(graph, 'Flatten', [nameOf(graph, inputs[0])], outputs[0]);
  else throw new Error(`operator ${code}, number ${index} of the model, is not known`);
  return 1;
}

/** Filters lie as outputs × rows × columns × inputs, those of a depthwise convolution as 1 × rows × columns × channels. */
function convolve(graph, { code, inputs: [x, filter, bias], outputs: [y], option }) {
  if (DILATION[code].some((number) => option(number, 1) !== 1)) throw new Error('a convolution with dilation is not known');
  const { tensors } = graph.model;
  const isDepthwise = code === DEPTHWISE_CONV_2D;
  const [first, rows, columns, last] = tensors[filter].shape;
  const [outputs, inputs] = isDepthwise ? [last, 1] : [first, last];
  if (isDepthwise && tensors[x].shape[3] !== outputs) throw new Error('more than one filter for a channel is not known');
  const values = floats(graph, filter);
  const at = isDepthwise
    ? (output, row, column) => (row * columns + column) * outputs + output
    : (output, row, column, input) => ((output * rows + row) * columns + column) * inputs + input;
  const laidOut = [];
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) laidOut.push(values[at(output, row, column, input)]);
      }
    }
  }
  const kernel = [rows, columns];
  const strides = [option(2, 1), option(1, 1)];
  const weights = [
    addWeight(graph, filter, [outputs, inputs, rows, columns], laidOut),
    addWeight(graph, bias, [outputs], floats(graph, bias)),
  ];
  addNode(graph, 'Conv', [nameOf(graph, x), ...weights], y, {
    kernel_shape: kernel,
    strides,
    pads: option(0, SAME, 1) === SAME ? samePadding(tensors[x].shape, tensors[y].shape, kernel, strides) : NO_PADDING,
    group: isDepthwise ? outputs : 1,
  });
}

function refuseActivation({ code, option }) {
  if (code in ACTIVATION && option(ACTIVATION[code], 0, 1) !== 0)
    throw new Error(`an activation within operator ${code} is not known`);
}

/** Whether one row of each picture's channels is made: were there several pixels, their order would matter. */
function flattens({ model: { tensors } }, { inputs: [x], outputs: [y] }) {
  const [count, rows, columns, channels] = tensors[x].shape;
  return rows === 1 && columns === 1 && String(tensors[y].shape) === String([count, channels]);
}

/** What TensorFlow's "same" adds above, left, below and right: what is odd goes after. */
function samePadding([, ...from], [, ...to], kernel, strides) {
  const total = [0, 1].map((axis) => Math.max(0, (to[axis] - 1) * strides[axis] + kernel[axis] - from[axis]));
  return [...total.map((pad) => Math.floor(pad / 2)), ...total.map((pad) => Math.ceil(pad / 2))];
}

/** True when the operators from `index` on are a PRelu spelt out, which is then written as one. */
function preluAt(graph, index) {
  const spelt = graph.model.operators.slice(index, index + PRELU.length);
  if (!PRELU.every((code, step) => spelt[step]?.code === code)) return false;
  const [relu, abs, sub, mul, sum] = spelt;
  const [x] = relu.inputs;
  const [slope, difference] = mul.inputs;
  const isWired =
    abs.inputs[0] === x &&
    String(sub.inputs) === String([x, abs.outputs[0]]) &&
    difference === sub.outputs[0] &&
    String(sum.inputs) === String([relu.outputs[0], mul.outputs[0]]);
  if (!isWired) return false;
  spelt.forEach(refuseActivation);
  const doubled = floats(graph, slope).map((value) => 2 * value);
  addNode(graph, 'PRelu', [nameOf(graph, x), addWeight(graph, slope, [doubled.length, 1, 1], doubled)], sum.outputs[0]);
  return true;
}

function addNode(graph, type, inputs, output, attributes = {}) {
  graph.nodes.push({ type, inputs, outputs: [nameOf(graph, output)], attributes });
}

function addWeight(graph, index, shape, values) {
  const name = `w${index}`;
  graph.weights.push({ name, shape, values });
  return name;
}

function nameOf({ model }, index) {
  if (index === model.inputs[0]) return 'input';
  return index === model.outputs[0] ? 'output' : `t${index}`;
}

function floats({ model }, index) {
  const { type, bytes } = model.tensors[index];
  if (type !== FLOAT32 || bytes.length === 0) throw new Error(`tensor ${index} holds no float weights`);
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

function onnxShape([, ...sides]) {
  if (sides.length !== 3) return [1, ...sides];
  const [rows, columns, channels] = sides;
  return [1, channels, rows, columns];
}
