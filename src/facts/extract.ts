import type { ArticleReading } from '../newspaper/types.js';
import { attendanceOf } from './attendance.js';
import { tablesOf } from './tables.js';
import type { ArticleFacts } from './types.js';

/** Changes with every change to what is read out of an article, and with the tagger's weights: an index built with another value is built anew. */
export const EXTRACTION = 'reading-1/facts-7';

/** Extracts what an article states; done once, when it is indexed. */
export function extractFacts(reading: ArticleReading): ArticleFacts {
	return { ...attendanceOf(reading), tables: tablesOf(reading) };
}
