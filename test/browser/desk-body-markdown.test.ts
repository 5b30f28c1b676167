import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { deskEditorTests, dot } from '../support/browser/desk-editor.ts';

describe.runIf(chromiumPath)('a body in Markdown', () => {
  const { desk } = deskEditorTests();

  const open = (markdown: string) => desk.ask(`desk.openMarkdown(${JSON.stringify(markdown)})`);
  const markdown = () => desk.ask<string>('desk.editor.markdown()');
  const pastePicture = () =>
    desk.ask(
      `desk.paste({}, [new File([Uint8Array.from(atob('${dot.toString('base64')}'), (sign) => sign.charCodeAt(0))], 'A b.png', { type: 'image/png' })])`,
    );

  test('is given back as it was', async () => {
    await open('a\r\n\r\nb\n');

    expect([await markdown(), await desk.ask('desk.editor.isChanged()')]).toEqual(['a\r\n\r\nb\n', false]);
    await desk.page.getByLabel('Text of the article').fill('c');
    expect([await markdown(), await desk.ask('desk.editor.isChanged()')]).toEqual(['c', true]);
  });

  test('takes a picture where the cursor is, and has its text written over', async () => {
    await open('before after');
    await desk.ask(`document.querySelector('textarea').setSelectionRange(7, 7)`);

    await pastePicture();
    await expect.poll(() => desk.ask('desk.editor.unsentPictures()')).toBe(0);
    await desk.page.keyboard.type('A ferry');

    expect(await markdown()).toMatch(/^before !\[A ferry\]\(\/media\/a-b-[0-9a-f]{8}\.png\)after$/);
  });

  test('says which picture was not uploaded', async () => {
    await open('before');
    await desk.ask('void (desk.failing = true)');

    await pastePicture();
    await expect.poll(() => desk.ask('desk.notes')).toEqual(['A b.png was not uploaded. Try it again.']);

    expect(await markdown()).toBe('before');
  });
});
