import { expect, it } from 'vitest';
import { clusterError, failureOfStatus } from '../../src/opensearch/failure.js';

it.each([
	[429, 'es_rejected_execution_exception', 'overloaded', true],
	[429, 'cluster_block_exception', 'full', false],
	[403, 'cluster_block_exception', 'full', false],
	[503, 'cluster_block_exception', 'red', true],
	[503, 'search_phase_execution_exception', 'red', true],
	[504, '', 'slow', true],
	[502, '', 'unreachable', true],
	[401, '', 'refused', false],
	[403, 'security_exception', 'refused', false],
	[400, 'parsing_exception', 'wrong', false],
] as const)('a reply of %d %s is %s, and may pass: %s', (status, type, fault, mayPass) => {
	expect(failureOfStatus(status, type)).toEqual({ fault, mayPass });
});

it('says what to do: to try again where that may help', () => {
	expect(clusterError('overloaded').message).toBe('集群太忙，请稍后再试。');
	expect(clusterError('refused').message).not.toContain('稍后');
});
