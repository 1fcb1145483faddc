import { expect, it } from 'vitest';
import { ClusterError } from '../../src/errors.js';
import { Breaker } from '../../src/opensearch/breaker.js';

it('lets nothing through for a while after three failures in a row, then one, and all when that went well', () => {
	let now = 0;
	const breaker = new Breaker(() => now);
	breaker.failed();
	breaker.failed();
	breaker.succeeded();
	breaker.failed();
	breaker.failed();
	breaker.pass();
	breaker.failed();
	expect(() => breaker.pass()).toThrow(ClusterError);
	now += 4_600;
	breaker.pass();
	expect(() => breaker.pass()).toThrow('请稍后再试');
	breaker.failed();
	expect(() => breaker.pass()).toThrow(ClusterError);
	now += 4_600;
	breaker.pass();
	breaker.succeeded();
	breaker.pass();
	breaker.pass();
});
