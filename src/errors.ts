/**
 * The errors wenqu throws on purpose. Every message is one line for a user:
 * what is wrong, where, and what to do about it. The technical reason is kept in `cause`.
 */
export class WenquError extends Error {
	override readonly name: string = 'WenquError';
}

/** The command line, a setting or a question is not usable as given (exit code 2). */
export class UsageError extends WenquError {
	override readonly name = 'UsageError';
}

/** A file or another input cannot be read as what it should be. */
export class InputError extends WenquError {
	override readonly name = 'InputError';
}

/** The embedding or reading model is missing, damaged or cannot be run. */
export class ModelError extends WenquError {
	override readonly name = 'ModelError';
}

/** Why a language model gave no usable reply. */
export type LlmFault = 'unreachable' | 'refused' | 'too_slow' | 'cut_off' | 'malformed' | 'budget' | 'cancelled';

/** The language model cannot be asked, or gave no usable reply. Neither key, address nor reply stands in the message. */
export class LlmError extends WenquError {
	override readonly name = 'LlmError';

	constructor(
		message: string,
		readonly fault: LlmFault,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** The stored index is damaged, of another format, or cannot be opened or written. */
export class IndexError extends WenquError {
	override readonly name = 'IndexError';
}

/** Another process is writing the index (exit code 3). */
export class IndexBusyError extends WenquError {
	override readonly name = 'IndexBusyError';
}

/**
 * Why the cluster did not do what it was asked: not reached, wrong user, too busy, shards missing, disk full, too slow,
 * left in peace for a moment because it failed again and again, or the request itself is wrong.
 */
export type ClusterFault = 'unreachable' | 'refused' | 'overloaded' | 'red' | 'full' | 'slow' | 'paused' | 'wrong';

/** The cluster that keeps the index cannot be used now. Neither addresses nor passwords stand in the message. */
export class ClusterError extends WenquError {
	override readonly name = 'ClusterError';

	constructor(
		message: string,
		readonly fault: ClusterFault,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
