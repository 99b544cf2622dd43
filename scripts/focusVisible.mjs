import { readFile } from 'node:fs/promises';

/**
 * The toolkit's foundation finds out about `:focus-visible` by adding a `<style>` to the page, which the panel's CSP
 * forbids and reports; every VS Code this extension runs in has it.
 */
export const focusVisibleIsKnown = {
  name: 'focus-visible-is-known',
  setup({ onLoad }) {
    onLoad({ filter: /fast-web-utilities[\\/]dist[\\/]dom\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace('let _canUseFocusVisible;', 'let _canUseFocusVisible = true;');
      if (contents === text) throw new Error(`${path} no longer asks for :focus-visible in the known way.`);
      return { contents };
    });
  },
};
