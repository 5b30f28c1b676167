import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import {
  InputRule,
  inputRules,
  textblockTypeInputRule,
  undoInputRule,
  wrappingInputRule,
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { type Command, type Plugin, TextSelection } from 'prosemirror-state';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** On to a new paragraph below the picture. */
const leaveCaption: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.parent.type !== nodes.figure) return false;
  const { tr } = state;
  const after = $from.after();
  tr.insert(after, nodes.paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** `**bold**` and its like, when the last sign is typed. */
function markRule(sign: string, type: (typeof marks)['em'], tag?: string): InputRule {
  const escaped = sign.replaceAll('*', '\\*');
  const pattern = new RegExp(
    `(^|[^${escaped}\\p{L}\\p{N}])${escaped}([^\\s${escaped}](?:[^${escaped}]*[^\\s${escaped}])?)${escaped}$`,
    'u',
  );
  return new InputRule(
    pattern,
    ({ tr }, [, before = '', text = ''], start, end) => {
      const from = start + before.length;
      const mark = type.create(tag ? { tag } : null);
      // The last sign is being typed: it is not in the text yet.
      tr.delete(from + sign.length + text.length, end).addMark(
        from + sign.length,
        from + sign.length + text.length,
        mark,
      );
      return tr.delete(from, from + sign.length).removeStoredMark(type);
    },
    { inCodeMark: false },
  );
}

const rules = inputRules({
  rules: [
    markRule('**', marks.strong),
    markRule('*', marks.em),
    markRule('_', marks.em),
    markRule('`', marks.code),
    markRule('~~', marks.other, 's'),
    // The title is the page's only heading of the first level.
    textblockTypeInputRule(/^(#{1,4})\s$/, nodes.heading, ([, signs = '']) => ({
      level: Math.max(2, signs.length),
    })),
    textblockTypeInputRule(/^```$/, nodes.code_block),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-+*]\s$/, nodes.bullet_list),
    wrappingInputRule(
      /^(\d{1,3})\.\s$/,
      nodes.ordered_list,
      ([, start]) => ({ attributes: start === '1' ? {} : { start: String(start) } }),
      ([, start], node) => node.childCount + Number(node.attrs.attributes.start ?? 1) === Number(start),
    ),
    new InputRule(/^---$/, ({ tr, doc }, _, start) => {
      const $start = doc.resolve(start);
      if ($start.depth !== 1) return null;
      return tr
        .replaceRangeWith($start.before(), $start.after(), nodes.horizontal_rule.create())
        .insert($start.before() + 1, nodes.paragraph.create());
    }),
  ],
});

/** The keys of the editor, and Markdown as it is typed. `editLink` asks for an address. */
export function keys(editLink: Command): Plugin[] {
  return [
    rules,
    keymap({
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      Backspace: undoInputRule,
      'Mod-b': toggleMark(marks.strong),
      'Mod-i': toggleMark(marks.em),
      'Mod-`': toggleMark(marks.code),
      'Mod-k': editLink,
      'Mod-Alt-0': setBlockType(nodes.paragraph),
      'Mod-Alt-2': setBlockType(nodes.heading, { level: 2 }),
      'Mod-Alt-3': setBlockType(nodes.heading, { level: 3 }),
      Enter: chainCommands(leaveCaption, splitListItem(nodes.list_item)),
      'Shift-Enter': chainCommands(exitCode, breakLine),
      'Mod-Enter': chainCommands(exitCode, breakLine),
      // Only within a list: elsewhere the key leaves the editor, as everywhere on the page.
      Tab: sinkListItem(nodes.list_item),
      'Shift-Tab': liftListItem(nodes.list_item),
    }),
    keymap(baseKeymap),
  ];
}
