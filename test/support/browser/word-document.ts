import {
  Document,
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { dot } from './desk-editor.ts';

const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });

/** A .docx file with all that a story has. */
export function wordDocument(): Promise<Buffer> {
  return Packer.toBuffer(
    new Document({
      footnotes: { 1: { children: [new Paragraph('By the winter timetable.')] } },
      numbering: {
        config: [
          {
            reference: 'steps',
            levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.' }],
          },
        ],
      },
      styles: { paragraphStyles: [{ id: 'Quote', name: 'Quote', basedOn: 'Normal' }] },
      sections: [
        {
          children: [
            new Paragraph({ text: 'Ferry returns', heading: HeadingLevel.TITLE }),
            new Paragraph({ text: 'The first trip', heading: HeadingLevel.HEADING_1 }),
            new Paragraph({
              children: [
                new TextRun({ text: 'Elbe 3', bold: true }),
                new TextRun(' runs '),
                new TextRun({ text: 'again', italics: true }),
                new TextRun(', says '),
                new ExternalHyperlink({
                  children: [new TextRun('the office')],
                  link: 'https://harbour.example/',
                }),
                new FootnoteReferenceRun(1),
              ],
            }),
            new Paragraph({ text: 'Adults', bullet: { level: 0 } }),
            new Paragraph({ text: 'with a bicycle', bullet: { level: 1 } }),
            new Paragraph({ text: 'Children', bullet: { level: 0 } }),
            new Paragraph({ text: 'Buy', numbering: { reference: 'steps', level: 0 } }),
            new Paragraph({ text: 'We waited.', style: 'Quote' }),
            new Table({ rows: [new TableRow({ children: [cell('Leaves'), cell('Fare')] })] }),
            new Paragraph({
              children: [
                new ImageRun({
                  type: 'png',
                  data: dot,
                  transformation: { width: 100, height: 100 },
                  altText: { name: 'quay', title: 'quay', description: 'The quay at dawn' },
                }),
              ],
            }),
          ],
        },
      ],
    }),
  );
}
