import type { Line } from './classify.js';
import type { HeadlineBlock } from './headline-block.js';
import type { PartKind } from './types.js';

/** A line that has found its place in a report. */
export interface PlacedLine {
	readonly line: Line;
	readonly kind: PartKind;
}

/** A report as it is put together; without a block as long as no headline is known. */
export interface Draft {
	block: HeadlineBlock | null;
	lines: PlacedLine[];
}
