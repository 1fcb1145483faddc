import { diskFiles, type FileOperations } from '../../src/store/files.js';

/** The real files, but the Nth operation fails; counts them. */
export function failing(at: number, code: string): FileOperations & { readonly count: () => number } {
	let count = 0;
	const guard =
		<A extends readonly unknown[]>(operation: (...args: A) => void) =>
		(...args: A): void => {
			count++;
			if (count === at) throw Object.assign(new Error(`${code}: made to fail`), { code });
			operation(...args);
		};
	return {
		write: guard(diskFiles.write),
		copy: guard(diskFiles.copy),
		sync: guard(diskFiles.sync),
		rename: guard(diskFiles.rename),
		remove: guard(diskFiles.remove),
		count: () => count,
	};
}
