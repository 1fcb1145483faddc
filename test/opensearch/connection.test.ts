import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config.js';
import { UsageError } from '../../src/errors.js';
import { READING } from '../../src/opensearch/cluster.js';
import { openPlace } from '../../src/opensearch/place.js';

const SECRET = 'ge%2Fheim-7';
const HASTY = { ...READING, attempts: 1, timeoutMs: 3_000 };

const hasOpenssl = ((): boolean => {
	try {
		execFileSync('openssl', ['version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
})();

describe.skipIf(!hasOpenssl)(
	`a cluster by TLS${hasOpenssl ? '' : ' (left out: no openssl to make certificates with)'}`,
	() => {
		const dir = mkdtempSync(join(tmpdir(), 'wenqu-tls-'));
		const at = (name: string): string => join(dir, name);
		const openssl = (...given: string[]): void =>
			void execFileSync('openssl', given, { cwd: dir, stdio: ['ignore', 'ignore', 'ignore'] });
		let server: Server;
		let url: string;
		const seen: { user: string; certificate: string }[] = [];

		beforeAll(async () => {
			const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
			openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=authority');
			for (const name of ['node', 'client']) {
				openssl(
					'req',
					...key.slice(0, 5),
					'-keyout',
					`${name}.key`,
					'-out',
					`${name}.csr`,
					'-subj',
					`/CN=${name}`,
					'-addext',
					'subjectAltName=IP:127.0.0.1',
				);
				openssl(
					'x509',
					'-req',
					'-in',
					`${name}.csr`,
					'-CA',
					'ca.pem',
					'-CAkey',
					'ca.key',
					'-CAcreateserial',
					'-out',
					`${name}.pem`,
					'-days',
					'2',
					'-copy_extensions',
					'copy',
				);
			}
			const [cert, own, ca] = ['node.pem', 'node.key', 'ca.pem'].map((name) => readFileSync(at(name)));
			server = createServer(
				{ cert, key: own, ca, requestCert: true, rejectUnauthorized: false },
				(request, response) => {
					const [, coded = ''] = (request.headers.authorization ?? '').split(' ');
					const certificate = (request.socket as TLSSocket).getPeerCertificate().subject?.CN ?? '';
					seen.push({ user: Buffer.from(coded, 'base64').toString(), certificate: String(certificate) });
					response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
				},
			);
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			url = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		});
		afterAll(() => {
			server.closeAllConnections();
			server.close();
			rmSync(dir, { recursive: true });
		});

		const ask = async (env: Readonly<Record<string, string>>): Promise<unknown> => {
			const { cluster } = readSettings({}, env, dir);
			if (!cluster) throw new Error('no cluster');
			const place = openPlace(cluster);
			try {
				return await place.cluster.tell({ method: 'GET', path: '/' }, HASTY);
			} finally {
				place.cluster.close();
			}
		};

		it('is reached with user and password from the address, or from settings of their own', async () => {
			const env = { WENQU_OPENSEARCH_URL: `https://leser:${SECRET}@${url}`, WENQU_OPENSEARCH_CA: 'ca.pem' };
			expect(await ask(env)).toEqual({ ok: true });
			expect(seen.at(-1)).toEqual({ user: 'leser:ge/heim-7', certificate: '' });
			const own = { WENQU_OPENSEARCH_USER: 'u', WENQU_OPENSEARCH_PASSWORD: 'p' };
			await ask({ ...own, WENQU_OPENSEARCH_URL: `https://${url}`, WENQU_OPENSEARCH_CA: 'ca.pem' });
			expect(seen.at(-1)?.user).toBe('u:p');
		});

		it('is reached with a client certificate', async () => {
			const files = {
				WENQU_OPENSEARCH_CA: 'ca.pem',
				WENQU_OPENSEARCH_CERT: 'client.pem',
				WENQU_OPENSEARCH_KEY: 'client.key',
			};
			await ask({ WENQU_OPENSEARCH_URL: `https://${url}`, ...files });
			expect(seen.at(-1)).toEqual({ user: '', certificate: 'client' });
		});

		it('whose certificate nobody vouches for is not spoken to, and neither address nor password is told', async () => {
			const before = seen.length;
			const error = await ask({ WENQU_OPENSEARCH_URL: `https://leser:${SECRET}@${url}` }).catch(
				(thrown: unknown) => thrown,
			);
			expect(error).toMatchObject({ name: 'ClusterError', fault: 'unreachable' });
			expect((error as Error).message).not.toMatch(/heim|leser|127\.0\.0\.1/u);
			expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/heim|leser|bGVzZXI/u);
			expect(seen).toHaveLength(before);
		});
	},
);

describe('settings of a cluster', () => {
	const of = (env: Readonly<Record<string, string>>) => readSettings({}, env, tmpdir()).cluster;

	it('are none without an address', () => {
		expect(of({})).toBeNull();
		expect(of({ WENQU_OPENSEARCH_URL: '' })).toBeNull();
	});

	it('keep the password out of the addresses', () => {
		const cluster = of({
			WENQU_OPENSEARCH_URL: 'http://a:b@one:9200, http://two:9200',
			WENQU_NAMESPACE: 'north,south',
		});
		expect(cluster?.urls).toEqual(['http://one:9200/', 'http://two:9200/']);
		expect(cluster).toMatchObject({ user: { name: 'a', password: 'b' }, namespaces: ['north', 'south'] });
	});

	it.each([
		['WENQU_OPENSEARCH_URL', { WENQU_OPENSEARCH_URL: 'ftp://a:geheim@b' }],
		['WENQU_NAMESPACE', { WENQU_OPENSEARCH_URL: 'http://a', WENQU_NAMESPACE: 'A/b' }],
		['WENQU_OPENSEARCH_KEY', { WENQU_OPENSEARCH_URL: 'http://a', WENQU_OPENSEARCH_CERT: 'c.pem' }],
	])('that are wrong are named, not shown: %s', (name, env) => {
		expect(() => of(env)).toThrow(UsageError);
		expect(() => of(env)).toThrow(name);
		expect(() => of(env)).not.toThrow('geheim');
	});
});
