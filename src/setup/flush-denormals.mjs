/**
 * Sets the float weights of an ONNX model that are smaller than `limit` to zero, in place, and returns how many.
 * Denormal numbers are computed some ten times slower than others on x86-64 and say nothing.
 *
 * An ONNX file is a protobuf message. Only this much of it is walked:
 *
 *   ModelProto   7 graph       → GraphProto
 *   GraphProto   5 initializer → TensorProto, one a weight
 *   TensorProto  2 data_type (1 = FLOAT)   4 float_data (packed)   9 raw_data (little-endian)
 */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_DATA_TYPE = 2;
const TENSOR_FLOAT_DATA = 4;
const TENSOR_RAW_DATA = 9;
const FLOAT = 1;

export function flushDenormals(model, limit) {
  let flushed = 0;
  for (const graph of fields(model)) {
    if (graph.number !== MODEL_GRAPH) continue;
    for (const initializer of fields(graph.bytes)) {
      if (initializer.number !== GRAPH_INITIALIZER) continue;
      flushed += flushTensor(initializer.bytes, limit);
    }
  }
  return flushed;
}

function flushTensor(tensor, limit) {
  const parts = [...fields(tensor)];
  // An integer tensor's bytes, read as floats, look like tiny numbers: shapes and indices must stay as they are.
  if (parts.find((part) => part.number === TENSOR_DATA_TYPE)?.value !== FLOAT) return 0;
  let flushed = 0;
  for (const { number, bytes } of parts) {
    if (!bytes || (number !== TENSOR_RAW_DATA && number !== TENSOR_FLOAT_DATA)) continue;
    for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
      const weight = Math.abs(bytes.readFloatLE(offset));
      if (weight === 0 || weight >= limit) continue;
      bytes.writeFloatLE(0, offset);
      flushed++;
    }
  }
  return flushed;
}

/** The fields of one message: `{ number, value }` for numbers, `{ number, bytes }` (a view) for everything with a length. */
function* fields(message) {
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[offset++];
      if (byte === undefined) throw new Error('the model file ends within a number');
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const skip = (length) => {
    const bytes = message.subarray(offset, offset + length);
    if (bytes.length !== length) throw new Error('the model file ends within a field');
    offset += length;
    return bytes;
  };
  while (offset < message.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) yield { number, value: varint() };
    else if (wire === 1) yield { number, bytes: skip(8) };
    else if (wire === 2) yield { number, bytes: skip(varint()) };
    else if (wire === 5) yield { number, bytes: skip(4) };
    else throw new Error(`the model file holds a field of unknown kind ${wire}`);
  }
}
