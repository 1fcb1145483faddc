import { readFileSync } from 'node:fs';
import { Client } from '@opensearch-project/opensearch';
import { UsageError } from '../errors.js';
import type { ClusterSettings } from './types.js';

/** Opens the client; nothing is sent yet. Throws a UsageError where a certificate cannot be read. */
export function connect(settings: ClusterSettings): Client {
	const { urls, user, authority, certificate } = settings;
	const ssl = {
		...(authority ? { ca: pem(authority, 'WENQU_OPENSEARCH_CA') } : {}),
		...(certificate
			? {
					cert: pem(certificate.file, 'WENQU_OPENSEARCH_CERT'),
					key: pem(certificate.key, 'WENQU_OPENSEARCH_KEY'),
				}
			: {}),
	};
	return new Client({
		nodes: [...urls],
		// Requests are retried by ours, which waits between; the client's own would come at once, all of them.
		maxRetries: 0,
		ssl,
		...(user ? { auth: { username: user.name, password: user.password } } : {}),
	});
}

function pem(file: string, variable: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`设置 ${variable} 指的证书文件读不出来。`, { cause: error });
	}
}
