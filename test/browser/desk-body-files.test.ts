import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser/chromium.ts';
import { deskEditorTests, dot } from '../support/browser/desk-editor.ts';
import { wordDocument } from '../support/browser/word-document.ts';

interface Sent {
  name: string;
  type: string;
  width: number;
  height: number;
  bytes: number[];
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

describe.runIf(chromiumPath)('files in the body', () => {
  const { desk } = deskEditorTests(async (desk) => {
    await desk.open('<p>Before</p>');
    await desk.page.locator('.desk-text > p').click();
    await desk.page.keyboard.press('End');
  });

  async function choose(tool: string, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
    const chooser = desk.page.waitForEvent('filechooser');
    await desk.page.getByRole('button', { name: tool, exact: true }).click();
    await (await chooser).setFiles(files);
  }

  const allSent = () => expect.poll(() => desk.ask('desk.editor.unsentPictures()')).toBe(0);
  const picture = (name: string, buffer = dot) => ({ name, mimeType: 'image/png', buffer });

  test('reads a Word document, and offers its title', async () => {
    await desk.open('');
    await choose('Word document', { name: 'story.docx', mimeType: docx, buffer: await wordDocument() });

    await expect.poll(() => desk.html()).toContain('/media/the-quay-at-dawn-');
    expect(await desk.ask('desk.titles')).toEqual(['Ferry returns']);
    expect((await desk.html()).replace(/-[0-9a-f]{8}\.png/, '-(hash).png').split('\n')).toEqual([
      '<h2>The first trip</h2>',
      '<p><strong>Elbe 3</strong> runs <em>again</em>, says <a href="https://harbour.example/">the office</a><sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup></p>',
      '<ul><li>Adults<ul><li>with a bicycle</li></ul></li><li>Children</li></ul>',
      '<ol><li>Buy</li></ol>',
      '<blockquote><p>We waited.</p></blockquote>',
      '<table><tbody><tr><td>Leaves</td><td>Fare</td></tr></tbody></table>',
      '<figure><img src="/media/the-quay-at-dawn-(hash).png" alt="The quay at dawn"></figure>',
      '<section class="footnotes"><ol><li id="fn1"><p>By the winter timetable. <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>',
    ]);
  });

  test('says which files it cannot take, and keeps the text', async () => {
    const none = { mimeType: 'application/octet-stream', buffer: Buffer.from('no document') };
    await choose('Word document', { name: 'bad.docx', ...none, mimeType: docx });
    await expect.poll(() => desk.ask('desk.notes.at(-1)')).toBe('bad.docx could not be read.');
    await choose('Word document', { name: 'old.doc', ...none });
    await choose('Picture', picture('broken.png', Buffer.from('no picture')));
    await choose('Picture', {
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg/>'),
    });

    await expect
      .poll(() => desk.ask('desk.notes.slice(2)'))
      .toEqual(
        expect.arrayContaining([
          'old.doc is in the old format of Word. Save it as .docx first.',
          'broken.png is not a picture that articles can show.',
          'drawing.svg is not a picture that articles can show.',
        ]),
      );
    expect(await desk.html()).toBe('<p>Before</p>');
  });

  test('puts a picture where the cursor is, and asks at once what it shows, then for its caption', async () => {
    await choose('Picture', picture('C:\\Fotos\\Fähre am Kai (1).PNG'));
    await expect
      .poll(() => desk.ask('document.activeElement.closest("label")?.textContent ?? ""'))
      .toMatch('Alternative text');
    await desk.page.keyboard.type('A ferry');
    await desk.page.keyboard.press('Enter');
    await desk.page.keyboard.type('At six');
    await desk.page.keyboard.press('Enter');
    await desk.page.keyboard.type('After');

    await allSent();
    const [sent] = await desk.ask<Sent[]>('desk.uploads');
    expect(sent?.name).toMatch(/^fahre-am-kai-1-[0-9a-f]{8}\.png$/);
    expect(await desk.html()).toBe(
      `<p>Before</p><figure><img src="/media/${sent?.name}" alt="A ferry"><figcaption>At six</figcaption></figure>\n<p>After</p>\n`,
    );
  });

  test('puts no picture into a sentence', async () => {
    await desk.open('<p>one <b>two</b> three</p><p>four</p>');
    await desk.page.locator('.desk-text b').click();
    await choose('Picture', picture('a.png'));

    await allSent();
    expect(await desk.html()).toMatch(
      /^<p>one <b>two<\/b> three<\/p><figure><img src="\/media\/a-\w+\.png" alt=""><\/figure>\n<p>four<\/p>$/,
    );
  });

  test('makes large pictures smaller, upright and without what the camera wrote into them', async () => {
    const jpeg = await desk.ask<number[]>(`(async () => {
      const canvas = new OffscreenCanvas(4000, 1000);
      canvas.getContext('2d').fillRect(0, 0, 4000, 1000);
      return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer()));
    })()`);
    await choose('Picture', { name: 'p.jpg', mimeType: 'image/jpeg', buffer: turned(Buffer.from(jpeg)) });

    await allSent();
    const [sent] = await desk.ask<Sent[]>('desk.uploads');
    expect(sent).toMatchObject({ type: 'image/jpeg', width: 640, height: 2560 });
    expect(Buffer.from(sent?.bytes ?? []).includes('Exif')).toBe(false);
  });

  test('keeps a picture whose upload failed, and sends it again', async () => {
    await desk.ask('void (desk.failing = true)');
    await choose('Picture', picture('a.png'));
    const retry = desk.page.getByRole('button', { name: 'Try again' });
    await retry.waitFor();
    expect(await desk.page.getByRole('alert').filter({ visible: true }).textContent()).toContain(
      'was not uploaded',
    );
    expect([await desk.html(), await desk.ask('desk.editor.unsentPictures()')]).toEqual(['<p>Before</p>', 1]);

    await desk.ask('void (desk.failing = false)');
    await retry.click();

    await allSent();
    expect(await desk.html()).toContain('<figure><img src="/media/a-');
  });

  test('shows how far an upload is, and finds an undone picture again', async () => {
    await desk.ask('void (desk.held = new Promise((resolve) => { desk.release = resolve; }))');
    await choose('Picture', picture('a.png'));
    await desk.page.getByRole('progressbar', { name: 'Uploading…' }).waitFor();
    await desk.page.locator('.desk-text').focus();
    await desk.page.getByRole('button', { name: 'Undo' }).click();
    expect(await desk.html()).toBe('<p>Before</p>');
    await desk.ask('desk.release()');
    await expect.poll(() => desk.ask('desk.uploads.length')).toBe(1);

    await desk.page.getByRole('button', { name: 'Redo' }).click();

    await allSent();
    expect(await desk.html()).toContain('<figure><img src="/media/a-');
    expect(await desk.ask('desk.uploads.length')).toBe(1);
  });

  test('takes pictures from the clipboard and by drop, several at once', async () => {
    await desk.ask(`(async () => {
      const file = (name) => new File([Uint8Array.from(atob('${dot.toString('base64')}'), (sign) => sign.charCodeAt(0))], name, { type: 'image/png' });
      desk.paste({ 'text/html': '<meta charset="utf-8"><img src="https://other.example/a.png">' }, [file('copied.png')]);
      const data = new DataTransfer();
      for (const name of ['b.png', 'c.png']) data.items.add(file(name));
      const text = document.querySelector('.desk-text');
      const { left, bottom } = text.getBoundingClientRect();
      text.dispatchEvent(new DragEvent('drop', { dataTransfer: data, clientX: left + 30, clientY: bottom - 30, bubbles: true, cancelable: true }));
    })()`);

    await allSent();
    expect((await desk.html()).match(/\/media\/\w+/g)?.sort()).toEqual([
      '/media/b',
      '/media/c',
      '/media/copied',
    ]);
  });
});

/** A JPEG that is to be turned by a quarter, by its EXIF. */
function turned(jpeg: Buffer): Buffer {
  const tiff = Buffer.from('49492a0008000000' + '0100' + '1201030001000000' + '06000000' + '00000000', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
