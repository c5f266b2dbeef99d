/**
 * To be imported before onnxruntime starts, and by the main thread before a worker does: a worker's own
 * `process.env` is a copy that native code does not see.
 *
 * The runtime's official Linux builds collect telemetry: a device id and an event store under the user's cache
 * folder, to be uploaded. This variable switches all of it off (microsoft/onnxruntime pull request 29843).
 */
process.env['ORT_DISABLE_TELEMETRY'] = '1';
