import { errors } from '@opensearch-project/opensearch';
import { ClusterError, type ClusterFault } from '../errors.js';

/** What a request came to when it did not come to an answer. */
export interface Failure {
	readonly fault: ClusterFault;
	/** Whether the same request may do better a little later. */
	readonly mayPass: boolean;
}

const SAID: Readonly<Record<ClusterFault, string>> = {
	unreachable: '连不上集群',
	refused: '集群拒绝了登录，请检查 WENQU_OPENSEARCH_URL 里的用户名、密码或证书',
	overloaded: '集群太忙',
	red: '集群有分片不可用',
	full: '集群的磁盘快满了，只能读不能写',
	slow: '集群没有及时答复',
	paused: '集群刚才一再出错，正在等它恢复',
	wrong: '集群不接受这个请求',
};

/** What the fault of a request is, by what the client threw. */
export function failureOf(error: unknown): Failure {
	if (error instanceof ClusterError) return { fault: error.fault, mayPass: false };
	if (error instanceof errors.TimeoutError) return { fault: 'slow', mayPass: true };
	if (error instanceof errors.ResponseError) return failureOfStatus(error.statusCode ?? 0, typeOf(error.body));
	// Connections refused and cut, replies that end early, and no node left that is thought alive.
	return { fault: 'unreachable', mayPass: true };
}

/** The same for a status, as a whole reply or one item of a bulk has it; `type` is the engine's name for the error. */
export function failureOfStatus(status: number, type: string): Failure {
	if (/cluster_block_exception/u.test(type)) return { fault: status === 503 ? 'red' : 'full', mayPass: status === 503 };
	if (status === 401 || status === 403) return { fault: 'refused', mayPass: false };
	if (status === 429) return { fault: 'overloaded', mayPass: true };
	if (status === 408 || status === 504) return { fault: 'slow', mayPass: true };
	if (status === 502) return { fault: 'unreachable', mayPass: true };
	if (status >= 500) return { fault: 'red', mayPass: true };
	return { fault: 'wrong', mayPass: false };
}

/** The error for whoever asked: what is wrong and what to do, no address and no reply. */
export function clusterError(fault: ClusterFault, cause?: unknown): ClusterError {
	const advice = fault === 'refused' || fault === 'wrong' || fault === 'full' ? '。' : '，请稍后再试。';
	return new ClusterError(`${SAID[fault]}${advice}`, fault, { cause });
}

/** What the client threw, without what it holds on to: the request with its password, the connection with its address. */
export function bareCause(error: unknown): Error {
	if (error instanceof errors.ResponseError)
		return new Error(`${error.name}: ${error.statusCode ?? '?'} ${typeOf(error.body)}`.trim());
	const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
	return new Error(error instanceof Error ? `${error.name}${code}` : 'unknown');
}

/** The engine's name of an error: of itself and of what caused it, which is where a full disk is told. */
export function typeOf(body: unknown): string {
	const error = body && typeof body === 'object' && 'error' in body ? body.error : null;
	const text = JSON.stringify(error ?? '');
	return text.match(/"type":"[^"]*"/gu)?.join(' ') ?? '';
}
