/** A number of bytes for a person. */
export function sizeOf(bytes: number): string {
	return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** A span of time for a person, in its largest unit. */
export function spanOf(seconds: number): string {
	const units = [
		[86_400, '天'],
		[3_600, '小时'],
		[60, '分钟'],
	] as const;
	for (const [length, name] of units) if (seconds >= length) return `${Math.floor(seconds / length)} ${name}`;
	return `${seconds} 秒`;
}
