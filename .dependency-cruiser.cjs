// Imports run one way along the road that a newspaper page takes; the numbers say how far along a folder is.
const road = [
	'threads',
	'http',
	'text',
	'prompts',
	'newspaper',
	'facts',
	'passages',
	'embedding',
	'reading',
	'store',
	'retrieval',
	'indexing',
	'opensearch',
	'answering',
	'llm',
];
const later = (n) =>
	road
		.slice(n + 1)
		.concat('telegram', 'cli')
		.join('|');
const oneWay = road.map((name, n) => ({
	name: `${name}-imports-nothing-further-on`,
	severity: 'error',
	from: { path: `^src/${name}/` },
	to: { path: `^src/((${later(n)})/|(app|main|config)\\.ts)` },
}));
module.exports = {
	forbidden: [
		...oneWay,
		{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'faces-do-not-know-each-other',
			severity: 'error',
			from: { path: '^src/telegram/' },
			to: { path: '^src/cli/' },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
