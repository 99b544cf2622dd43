import type { RawReply } from '../../rawProtocol.ts';
import type { TabRenderer } from '../context.ts';
import { h } from '../dom.ts';
import { notice } from '../readings.ts';
import { rawList } from './rawList.ts';
import { rawSearch } from './rawSearch.ts';
import { rawText } from './rawText.ts';

/** Everything the host printed, as it printed it: each section, what became of it, its text, and what was read out of a line. */
export const renderRaw: TabRenderer = (_view, context) => {
  const page = h('div', { class: 'raw' }, h('p', { class: 'quiet-text', role: 'status' }, 'Reading the capture...'));
  const isGone = { value: false };
  context.scope.onEnd(() => {
    isGone.value = true;
  });
  const fill = (outline: RawReply): void => {
    if (isGone.value) return;
    if (outline.kind !== 'outline') {
      page.replaceChildren(notice(outline.kind === 'nothing' ? `Not shown: ${outline.reason}.` : 'Not shown.'));
      return;
    }
    const { entries, omitted } = outline;
    const text = rawText(context);
    const choose = (id: string, line: number): void => {
      const entry = entries.find((each) => each.id === id);
      if (!entry) return;
      context.memory.set('raw.entry', id);
      list.select(id);
      text.show(entry, line);
    };
    const list = rawList(entries, (id) => choose(id, 0), context.memory);
    const search = rawSearch({
      context,
      current: () => text.place(),
      goTo: ({ entry, line }) => choose(entry, line),
      onFound: (found, query) => {
        list.setHits(found);
        text.mark(query);
      },
    });
    page.replaceChildren(
      search,
      ...(omitted > 0 ? [notice(`${omitted} more texts are not listed: open the capture as text.`)] : []),
      list.element,
      text.element,
    );
    const remembered = context.memory.get('raw.entry', '');
    const first = entries.find(({ id }) => id === remembered) ?? entries[0];
    if (first) choose(first.id, 0);
  };
  context.scope.onMount(() => void context.ask({ kind: 'outline' }).then(fill));
  return [page];
};
