import pc from 'picocolors';

/** The streams a command writes to: results to `out`, everything else to `err`. */
export interface Terminal {
	out(text: string): void;
	err(text: string): void;
	/** Adds to the line that is being written to `out`. */
	put(text: string): void;
	/** Whether results go to a person's terminal: colours and bars only then. */
	readonly isTty: boolean;
	readonly width: number;
	readonly colour: ReturnType<typeof pc.createColors>;
}

/** The real terminal; colours only where standard output is one and NO_COLOR is not set. */
export function realTerminal(): Terminal {
	const isTty = process.stdout.isTTY === true;
	return {
		out: (text) => void process.stdout.write(`${text}\n`),
		put: (text) => void process.stdout.write(text),
		err: (text) => void process.stderr.write(`${text}\n`),
		isTty,
		width: Math.min(process.stdout.columns ?? 80, 100),
		colour: pc.createColors(isTty && pc.isColorSupported),
	};
}

/** Makes text of a file safe to show: control and direction-changing characters become visible marks. */
export function safe(text: string): string {
	return text.replace(
		/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
		(char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
