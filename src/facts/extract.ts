import type { Article, ArticleReading } from '../newspaper/types.js';
import { attendanceOf } from './attendance.js';
import { tablesOf } from './tables.js';
import type { ArticleFacts } from './types.js';

/** Extracts what an article states; done once, when it is indexed. */
export function extractFacts(_article: Article, reading: ArticleReading): ArticleFacts {
	return { ...attendanceOf(reading), tables: tablesOf(reading) };
}
