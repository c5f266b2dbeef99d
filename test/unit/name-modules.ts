/** With `node --import`: says of each module of this project that it is loaded, in this thread and in workers. */
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:') && !url.includes('/node_modules/')) process.stderr.write(`loaded ${url}\n`);
    return nextLoad(url, context);
  },
});
