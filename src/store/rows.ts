import { z } from 'zod';
import type { ArticleFacts } from '../facts/types.js';
import type { Part } from '../newspaper/types.js';
import type { Range } from '../text/mapped.js';
import { rowChecksum } from './checksums.js';

/** Rows as SQLite gives them, and what their checksums cover. */
export interface IssueRow {
	readonly id: number;
	readonly file: string;
	readonly date: string | null;
	readonly sha256: string;
	readonly bytes: number;
	readonly length: number;
	readonly encoding: string;
	readonly gaps: string;
	readonly checksum: Buffer;
}

export interface ArticleRow {
	readonly id: number;
	readonly issue: number;
	readonly start: number;
	readonly end: number;
	readonly headline: string;
	readonly layout: string;
	readonly source: string;
	readonly facts: string;
	readonly checksum: Buffer;
}

export interface PassageRow {
	readonly id: number;
	readonly article: number;
	readonly start: number;
	readonly end: number;
	readonly content: string;
	readonly text: string;
	readonly body_terms: number;
	readonly headline_terms: number;
	readonly vector: number | null;
	readonly checksum: Buffer;
}

export function issueChecksum(row: Omit<IssueRow, 'id' | 'checksum'>): Buffer {
	return rowChecksum([row.file, row.date, row.sha256, row.bytes, row.length, row.encoding, row.gaps]);
}

export function articleChecksum(row: Omit<ArticleRow, 'id' | 'checksum'>): Buffer {
	return rowChecksum([row.issue, row.start, row.end, row.headline, row.layout, row.source, row.facts]);
}

export function passageChecksum(row: Omit<PassageRow, 'id' | 'vector' | 'checksum'>): Buffer {
	const { article, start, end, content, text } = row;
	return rowChecksum([article, start, end, content, text, row.body_terms, row.headline_terms]);
}

/** What an article row keeps of its layout, as JSON. Its checksum vouches for its shape; the parse below for its kind. */
export interface Layout {
	readonly headlineRange: Range;
	readonly parts: readonly Part[];
}

const anyObject = z.custom<object>((value) => typeof value === 'object' && value !== null);
const layoutJson = anyObject.transform((value) => value as Layout);
const factsJson = anyObject.transform((value) => value as ArticleFacts);

export function parseLayout(json: string): Layout {
	return layoutJson.parse(JSON.parse(json));
}

export function parseFacts(json: string): ArticleFacts {
	return factsJson.parse(JSON.parse(json));
}

export interface VectorRow {
	readonly label: number;
	readonly content: string;
	readonly model: string;
	readonly vector: Buffer;
	readonly checksum: Buffer;
	readonly orphaned: number | null;
}
