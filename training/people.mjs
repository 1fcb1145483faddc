/**
 * Measures who took part, by the grammar alone and with the tagger, on the held-out eighth of the reports (their
 * near-twins were not trained on either), as the indexer does it: `node people.mjs ../shared/reading ../models [../dist]`.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [data, folder, program = '../dist'] = process.argv.slice(2);
const part = (name) => import(resolve(program, `${name}.js`));
const [{ workIssue }, { openTagger }] = await Promise.all(['indexing/work-issue', 'reading/people'].map(part));
const tagger = await openTagger(folder);
const reports = readFileSync(join(data, 'district.jsonl'), 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line))
	.filter(({ id }) => BigInt(`0x${id}`) % 8n === 0n);
const ways = { 'the grammar': null, 'with the tagger': tagger };
for (const [name, used] of Object.entries(ways)) {
	let [right, wrong, missed] = [0, 0, 0];
	for (const { headline, text, people } of reports) {
		const whole = `## ${headline}\n\n${text}\n`;
		const { articles } = await workIssue({ file: 'report.txt', text: whole, issueDate: null }, used);
		const found = articles.flatMap(({ facts }) => facts.people.filter(({ roles }) => roles.includes('attend')));
		const names = new Set(found.map((person) => person.name));
		const wanted = new Set(people.filter((one) => one.attend || one.host || one.speak).map((one) => one.name));
		for (const one of names) wanted.has(one) ? right++ : wrong++;
		for (const one of wanted) if (!names.has(one)) missed++;
	}
	const [precision, recall] = [right / (right + wrong), right / (right + missed)];
	const f1 = (2 * precision * recall) / (precision + recall);
	console.log(`${name}: P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)} (${reports.length} reports)`);
}
process.exit(0);
