import { embedded } from './embedded.js';
import { describeStore } from './store-suite.js';

describeStore('the embedded store', embedded);
