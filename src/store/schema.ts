/**
 * Tables of a generation. Ids are internal; the outside counts articles and passages by file name and place, so that
 * an index that grew bit by bit looks the same as one built at once.
 */
export const SCHEMA = `
CREATE TABLE issues (
	id INTEGER PRIMARY KEY,
	file TEXT NOT NULL UNIQUE,
	date TEXT,
	sha256 TEXT NOT NULL,
	bytes INTEGER NOT NULL,
	length INTEGER NOT NULL,
	encoding TEXT NOT NULL,
	gaps TEXT NOT NULL,
	checksum BLOB NOT NULL
) STRICT;
CREATE TABLE articles (
	id INTEGER PRIMARY KEY,
	issue INTEGER NOT NULL REFERENCES issues (id),
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	headline TEXT NOT NULL,
	layout TEXT NOT NULL,
	source TEXT NOT NULL,
	facts TEXT NOT NULL,
	checksum BLOB NOT NULL
) STRICT;
CREATE TABLE passages (
	id INTEGER PRIMARY KEY,
	article INTEGER NOT NULL REFERENCES articles (id),
	start INTEGER NOT NULL,
	"end" INTEGER NOT NULL,
	content TEXT NOT NULL,
	text TEXT NOT NULL,
	body_terms INTEGER NOT NULL,
	headline_terms INTEGER NOT NULL,
	vector INTEGER,
	checksum BLOB NOT NULL
) STRICT;
CREATE INDEX passages_by_content ON passages (content);
CREATE TABLE people (name TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (name, article)) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_article ON people (article);
CREATE TABLE postings (term TEXT PRIMARY KEY, last INTEGER NOT NULL, list BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE article_grams USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
`;

/**
 * Indexes, made where a database lacks them, so that an older one is taken on and not built anew. The first two hold
 * all that is read of every article and passage when an index is opened: the texts beside them are not touched.
 */
export const INDEXES = `
CREATE INDEX IF NOT EXISTS articles_headings ON articles (issue, start, headline);
CREATE INDEX IF NOT EXISTS passages_table ON passages (article, start, body_terms, headline_terms, vector);
CREATE INDEX IF NOT EXISTS passages_by_vector ON passages (vector);
`;

/** Vectors by content and model; `orphaned` is the generation in which the last passage went. */
export const VECTOR_SCHEMA = `
CREATE TABLE IF NOT EXISTS vectors (
	label INTEGER PRIMARY KEY AUTOINCREMENT,
	content TEXT NOT NULL,
	model TEXT NOT NULL,
	vector BLOB NOT NULL,
	checksum BLOB NOT NULL,
	orphaned INTEGER,
	UNIQUE (content, model)
) STRICT;
CREATE INDEX IF NOT EXISTS vectors_orphaned ON vectors (orphaned) WHERE orphaned IS NOT NULL;
`;
