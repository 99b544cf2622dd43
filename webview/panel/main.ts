import { createApp } from './app.ts';
import { registerControls } from './controls.ts';
import { h } from './dom.ts';
import { notice } from './readings.ts';
import { readMessage } from './state.ts';
import { connect } from './vscodeApi.ts';

const root = document.getElementById('app');
if (!root) throw new Error('The page has no element #app.');

registerControls();
const extension = connect();
const receive = createApp(root, extension);

let warned = false;
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const message = readMessage(event.data);
  if (message) return receive(message);
  if (warned) return;
  warned = true;
  root.prepend(
    h('div', { role: 'alert' }, notice('This panel is older than the extension. Close it and open it again.')),
  );
});
extension.post({ type: 'ready' });
