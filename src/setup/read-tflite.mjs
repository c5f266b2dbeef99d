/**
 * Reads a TensorFlow Lite model: the tensors and operators of its one graph.
 *
 * The file is a flatbuffer: tables of fields, each known by its number in the public schema (schema.fbs):
 *
 *   Model         1 operator_codes   2 subgraphs   4 buffers
 *   OperatorCode  0 builtin_code (old, one byte)   3 builtin_code
 *   SubGraph      0 tensors   1 inputs   2 outputs   3 operators
 *   Tensor        0 shape   1 type (0 = FLOAT32)   2 buffer
 *   Operator      0 opcode_index   1 inputs   2 outputs   4 builtin_options
 *   Buffer        0 data
 */
import { ByteBuffer } from 'flatbuffers';

/**
 * Tensors are `{ shape, type, bytes }` (`bytes` is empty for what is computed), operators `{ code, inputs, outputs, option }`
 * with tensor indices; `option(number, ifAbsent)` reads a whole number of the operator's own options.
 */
export function readTflite(file) {
  const buffer = new ByteBuffer(file);
  const model = tableAt(buffer, buffer.readInt32(0));
  const codes = model.tables(1).map((code) => Math.max(code.byte(0), code.int(3)));
  const stored = model.tables(4).map((entry) => entry.bytes(0));
  const [graph, ...others] = model.tables(2);
  if (!graph || others.length > 0) throw new Error('a model with exactly one graph is expected');
  return {
    inputs: graph.ints(1),
    outputs: graph.ints(2),
    tensors: graph.tables(0).map((tensor) => ({ shape: tensor.ints(0), type: tensor.byte(1), bytes: stored[tensor.int(2)] })),
    operators: graph.tables(3).map((operator) => ({
      code: codes[operator.int(0)],
      inputs: operator.ints(1),
      outputs: operator.ints(2),
      option: optionsOf(operator.table(4)),
    })),
  };
}

/** Widths are as the schema has them: the enums (padding, activation) take one byte, numbers four. */
function optionsOf(table) {
  return (number, ifAbsent, width = 4) => table?.number(number, width, ifAbsent) ?? ifAbsent;
}

function tableAt(buffer, position) {
  /** Where a field lies, 0 when it has its default. */
  const field = (number) => {
    const offset = buffer.__offset(position, 4 + 2 * number);
    return offset && position + offset;
  };
  const list = (number, read, step) => {
    const at = field(number);
    if (!at) return [];
    const start = buffer.__vector(at);
    return Array.from({ length: buffer.__vector_len(at) }, (_, index) => read(start + index * step));
  };
  const number = (which, width, ifAbsent = 0) => {
    const at = field(which);
    if (!at) return ifAbsent;
    return width === 1 ? buffer.readInt8(at) : buffer.readInt32(at);
  };
  return {
    number,
    byte: (which) => number(which, 1),
    int: (which) => number(which, 4),
    ints: (which) => list(which, (at) => buffer.readInt32(at), 4),
    /** Undefined where there is none. */
    table: (which) => (field(which) ? tableAt(buffer, buffer.__indirect(field(which))) : undefined),
    tables: (which) => list(which, (at) => tableAt(buffer, buffer.__indirect(at)), 4),
    bytes(which) {
      const at = field(which);
      if (!at) return new Uint8Array(0);
      const start = buffer.__vector(at);
      return buffer.bytes().subarray(start, start + buffer.__vector_len(at));
    },
  };
}
