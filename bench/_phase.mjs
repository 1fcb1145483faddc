// node bench/load.mjs [INDEX SEEDS]: questions a second, 1 to 64 at once, searched only and answered whole, on the index
// that `npm run bench` built.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Answerer } from '../dist/answering/answerer.js';
import { THRESHOLDS } from '../dist/answering/thresholds.js';
import { parseWording } from '../dist/answering/wording.js';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { sourceTexts } from '../dist/newspaper/source-texts.js';
import { openReader } from '../dist/reading/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { EmbeddedStore } from '../dist/store/embedded-store.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { loadArchive } from './archive.mjs';
import { percentile } from './speed.mjs';

const ASKED = 320;
const WARM = 20;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const cache = here('../node_modules/.cache/wenqu-bench/');
const [indexDir = `${cache}index-9000`, seedsDir = `${cache}seeds-9000`] = process.argv.slice(2);
const { questions } = loadArchive();
const embedder = await openEmbedder(readSettings({}));
const snapshot = openSnapshot(indexDir);
const retriever = openRetriever(snapshot, async () => embedder);
const reader = await openReader(here('../models'));
const desk = {
	snapshot: new EmbeddedStore(snapshot),
	retriever,
	reader: async () => reader,
	wording: parseWording(readFileSync(here('../prompts/answers.md'), 'utf8')),
	thresholds: THRESHOLDS,
};
const answerer = new Answerer(desk, sourceTexts(seedsDir));


const log=[]; let cur;
const wrap=(o,name,key)=>{const f=o[name].bind(o); o[name]=async(...a)=>{const t=performance.now(); try{return await f(...a);}finally{cur[key].push([t,performance.now(),typeof a[1]==='string'?a[1].length:0]);}}};
wrap(retriever,'searchArticles','search'); wrap(reader,'read','read');
const N=+(process.env.N??200);
for (const { q } of questions.slice(ASKED, ASKED + WARM)) { cur={search:[],read:[]}; await answerer.answer(q); }
for (const { q } of questions.slice(0,N)) { cur={q,search:[],read:[],t:performance.now()}; await answerer.answer(q); cur.e=performance.now(); log.push(cur); }
const rows=log.map(c=>{const S=c.search.reduce((a,[x,y])=>a+y-x,0);
 // reading rounds: merge overlapping
 const r=[...c.read].sort((a,b)=>a[0]-b[0]); const rounds=[]; for(const x of r){const l=rounds.at(-1); if(l&&x[0]<l[1]){l[1]=Math.max(l[1],x[1]);l[2]++;l[3].push(x[2]);} else rounds.push([x[0],x[1],1,[x[2]]]);}
 const firstEnd=c.search.at(-1)?.[1]??c.t; const before=(rounds[0]?.[0]??c.e)-firstEnd; const R=rounds.reduce((a,x)=>a+x[1]-x[0],0); const after=c.e-(rounds.at(-1)?.[1]??c.e);
 return {q:c.q,total:c.e-c.t,search:S,before,R,after,rounds:rounds.map(x=>`${x[2]}p ${(x[1]-x[0]).toFixed(0)}ms [${x[3]}]`)}});
const pc=(k,p,f=()=>true)=>{const v=rows.filter(f).map(r=>r[k]).sort((a,b)=>a-b); return v.length?v[Math.min(v.length-1,Math.floor(v.length*p))].toFixed(0):'-'};
for (const [n,f] of [['all',()=>true],['0 rounds',r=>r.rounds.length===0],['1',r=>r.rounds.length===1],['1 with 2 pages',r=>r.rounds.length===1&&r.rounds[0][0]==='2'],['2+',r=>r.rounds.length>1]])
 console.log(n,rows.filter(f).length,['total','search','before','R','after'].map(k=>`${k} ${pc(k,.5,f)}/${pc(k,.95,f)}`).join('  '));
for (const r of [...rows].sort((a,b)=>b.total-a.total).slice(0,14)) console.log(r.total.toFixed(0),'search',r.search.toFixed(0),'before',r.before.toFixed(0),'R',r.R.toFixed(0),'after',r.after.toFixed(0),r.rounds.join('; '),r.q);
snapshot.close(); process.exit(0);
