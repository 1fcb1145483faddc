import { UsageError } from '../errors.js';
import { Cluster } from './cluster.js';
import { connect } from './connection.js';
import type { ClusterSettings } from './types.js';

/** A cluster, open, and what of it is used. */
export interface ClusterPlace {
	readonly cluster: Cluster;
	readonly settings: ClusterSettings;
}

export function openPlace(settings: ClusterSettings): ClusterPlace {
	return { cluster: new Cluster(connect(settings)), settings };
}

/** The one namespace that is written. Throws a UsageError where several are given. */
export function onlyNamespace({ namespaces }: ClusterSettings): string {
	const [only, ...others] = namespaces;
	if (only === undefined || others.length > 0)
		throw new UsageError('WENQU_NAMESPACE 里有几个名字：提问可以，写索引时请只给一个。');
	return only;
}
