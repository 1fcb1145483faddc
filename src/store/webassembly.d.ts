/** What of WebAssembly is used here; TypeScript knows it only together with the whole of a browser. */
declare namespace WebAssembly {
	class Memory {
		constructor(size: { readonly initial: number });
		readonly buffer: ArrayBuffer;
	}
	class Module {
		constructor(code: Uint8Array<ArrayBuffer>);
	}
	class Instance {
		constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
		readonly exports: Readonly<Record<string, unknown>>;
	}
}
