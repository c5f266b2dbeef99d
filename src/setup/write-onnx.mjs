/**
 * Writes an ONNX model of float tensors. The file is a protobuf message; only this much of it is written:
 *
 *   ModelProto      1 ir_version   7 graph   8 opset_import (2 version)
 *   GraphProto      1 node   2 name   5 initializer   11 input   12 output
 *   NodeProto       1 input   2 output   4 op_type   5 attribute
 *   AttributeProto  1 name   3 i   8 ints   20 type (2 = INT, 7 = INTS)
 *   TensorProto     1 dims   2 data_type (1 = FLOAT)   8 name   9 raw_data
 *   ValueInfoProto  1 name   2 type → 1 tensor_type → 1 elem_type, 2 shape → 1 dim → 1 dim_value
 */
const IR_VERSION = 8;
const OPERATOR_SET = 13;
const FLOAT = 1;
const INT = 2;
const INTS = 7;

/**
 * @param {{ name: string, input: object, output: object, nodes: object[], weights: object[] }} graph
 *   input and output `{ name, shape }`, weights `{ name, shape, values }` (a list of numbers),
 *   nodes `{ type, inputs, outputs, attributes }` (names; numbers or lists of numbers)
 * @returns the file's bytes, the same ones for the same graph
 */
export function writeOnnx({ name, input, output, nodes, weights }) {
  const graph = Buffer.concat([
    ...nodes.map((node) => bytes(1, nodeOf(node))),
    text(2, name),
    ...weights.map((weight) => bytes(5, weightOf(weight))),
    bytes(11, portOf(input)),
    bytes(12, portOf(output)),
  ]);
  return Buffer.concat([number(1, IR_VERSION), bytes(7, graph), bytes(8, number(2, OPERATOR_SET))]);
}

function nodeOf({ type, inputs, outputs, attributes }) {
  return Buffer.concat([
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => bytes(5, attributeOf(name, value))),
  ]);
}

function attributeOf(name, value) {
  const content = Array.isArray(value)
    ? [...value.map((each) => number(8, each)), number(20, INTS)]
    : [number(3, value), number(20, INT)];
  return Buffer.concat([text(1, name), ...content]);
}

function weightOf({ name, shape, values }) {
  const raw = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    raw.writeFloatLE(value, index * 4);
  });
  return Buffer.concat([...shape.map((side) => number(1, side)), number(2, FLOAT), text(8, name), bytes(9, raw)]);
}

function portOf({ name, shape }) {
  const sides = Buffer.concat(shape.map((side) => bytes(1, number(1, side))));
  return Buffer.concat([text(1, name), bytes(2, bytes(1, Buffer.concat([number(1, FLOAT), bytes(2, sides)])))]);
}

const WIRE_NUMBER = 0;
const WIRE_BYTES = 2;

const number = (field, value) => Buffer.concat([varint(field * 8 + WIRE_NUMBER), varint(value)]);
const bytes = (field, content) => Buffer.concat([varint(field * 8 + WIRE_BYTES), varint(content.length), content]);
const text = (field, content) => bytes(field, Buffer.from(content));

function varint(value) {
  const digits = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...digits, rest]);
    digits.push((rest % 128) | 0x80);
  }
}
