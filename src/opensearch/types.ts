/** Which cluster keeps the index, and how it is spoken to. Read once from the environment; never printed. */
export interface ClusterSettings {
	/** Addresses of nodes, without user and password. */
	readonly urls: readonly string[];
	readonly user: { readonly name: string; readonly password: string } | null;
	/** Files with certificates (PEM): the authority that signed the cluster's, and the client's own with its key. */
	readonly authority: string | null;
	readonly certificate: { readonly file: string; readonly key: string } | null;
	/** Districts kept apart in one cluster; whoever writes names one. */
	readonly namespaces: readonly string[];
	/** Shards of an index when it is created. */
	readonly shards: number;
}
