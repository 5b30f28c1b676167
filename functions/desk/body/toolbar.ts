import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { redo, redoDepth, undo, undoDepth } from 'prosemirror-history';
import type { MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, NodeSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { BodyEditorLabels } from '../body-labels.ts';
import { button, element } from './element.ts';
import { type IconName, icon } from './icons.ts';
import { schema } from './schema.ts';

export interface Tool {
  icon: IconName;
  label: string;
  keys?: string;
  run: Command;
  isOn?(state: EditorState): boolean;
}

const { nodes, marks } = schema;

export function formatting(labels: BodyEditorLabels, editLink: Command): Tool[] {
  return [
    {
      icon: 'bold',
      label: labels.bold,
      keys: 'Control+B',
      run: toggleMark(marks.strong),
      isOn: hasMark(marks.strong),
    },
    {
      icon: 'italic',
      label: labels.italic,
      keys: 'Control+I',
      run: toggleMark(marks.em),
      isOn: hasMark(marks.em),
    },
    { icon: 'link', label: labels.link, keys: 'Control+K', run: editLink, isOn: hasMark(marks.link) },
    { icon: 'heading2', label: labels.heading2, ...block(nodes.heading, { level: 2 }) },
    { icon: 'heading3', label: labels.heading3, ...block(nodes.heading, { level: 3 }) },
    { icon: 'bulletList', label: labels.bulletList, ...list(nodes.bullet_list) },
    { icon: 'orderedList', label: labels.orderedList, ...list(nodes.ordered_list) },
    { icon: 'quote', label: labels.quote, ...quotation },
    { icon: 'code', label: labels.code, ...code },
    { icon: 'rule', label: labels.rule, run: insertRule },
  ];
}

export function history(labels: BodyEditorLabels): Tool[] {
  return [
    {
      icon: 'undo',
      label: labels.undo,
      keys: 'Control+Z',
      run: (state, dispatch) => undoDepth(state) > 0 && undo(state, dispatch),
    },
    {
      icon: 'redo',
      label: labels.redo,
      keys: 'Control+Y',
      run: (state, dispatch) => redoDepth(state) > 0 && redo(state, dispatch),
    },
  ];
}

const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView());
  return true;
};

function hasMark(type: MarkType) {
  return ({ selection: { from, to, empty, $from }, storedMarks, doc }: EditorState) =>
    empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type);
}

/** Whether the selection stands in such a block. */
export function isWithin({ selection: { $from } }: EditorState, type: NodeType): boolean {
  return Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some(
    (node) => node.type === type,
  );
}

function block(type: NodeType, attrs?: { level: number }): Pick<Tool, 'run' | 'isOn'> {
  const isOn = ({ selection: { $from } }: EditorState) =>
    $from.parent.type === type && (attrs === undefined || $from.parent.attrs.level === attrs.level);
  return {
    isOn,
    run: (state, ...rest) =>
      isOn(state) ? setBlockType(nodes.paragraph)(state, ...rest) : setBlockType(type, attrs)(state, ...rest),
  };
}

function list(type: NodeType): Pick<Tool, 'run' | 'isOn'> {
  const other = type === nodes.bullet_list ? nodes.ordered_list : nodes.bullet_list;
  const isOn = (state: EditorState) => nearestList(state)?.node.type === type;
  const run: Command = (state, dispatch, view) => {
    const near = nearestList(state);
    if (near?.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
    if (near?.node.type !== other)
      return wrapInList(type)(state, dispatch) || asParagraph(wrapInList(type))(state, dispatch, view);
    dispatch?.(state.tr.setNodeMarkup(near.at, type, { tight: near.node.attrs.tight }));
    return true;
  };
  return { run, isOn };
}

/** A heading, which no list can begin with. */
function asParagraph(command: Command): Command {
  return (state, dispatch, view) => {
    let plain = state;
    const isText = setBlockType(nodes.paragraph)(state, (transaction) => {
      plain = state.apply(transaction);
      dispatch?.(transaction);
    });
    return isText && command((dispatch && view?.state) ?? plain, dispatch);
  };
}

function nearestList({ selection: { $from } }: EditorState) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list)
      return { node, at: $from.before(depth) };
  }
  return undefined;
}

const quotation: Pick<Tool, 'run' | 'isOn'> = {
  isOn: (state) => isWithin(state, nodes.blockquote),
  run: (state, dispatch) =>
    isWithin(state, nodes.blockquote) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch),
};

const codeBlock = block(nodes.code_block);
const isInLine = ({ selection }: EditorState) =>
  !selection.empty && selection.$from.sameParent(selection.$to);

/** A word of a line is marked, and a paragraph without a selection becomes a block. */
const code: Pick<Tool, 'run' | 'isOn'> = {
  isOn: (state) => codeBlock.isOn?.(state) || hasMark(marks.code)(state),
  run: (state, dispatch) =>
    isInLine(state) && !codeBlock.isOn?.(state)
      ? toggleMark(marks.code)(state, dispatch)
      : codeBlock.run(state, dispatch),
};

/** One stop of the Tab key; the arrows go from button to button. */
export function toolbar(
  label: string,
  groups: Tool[][],
  view: EditorView,
): { bar: HTMLElement; update(): void } {
  const bar = element('div', { class: 'desk-tools', role: 'toolbar', 'aria-label': label });
  const shown = groups.flatMap((tools) => {
    const made = tools.map((tool) => ({ tool, made: toolButton(tool, view) }));
    bar.append(element('div', { class: 'desk-tool-group' }, ...made.map((one) => one.made)));
    return made;
  });
  const buttons = shown.map(({ made }) => made);
  const stopAt = (stop: HTMLButtonElement | undefined) => {
    for (const one of buttons) one.tabIndex = one === stop ? 0 : -1;
  };
  stopAt(buttons[0]);
  bar.addEventListener('focusin', ({ target }) => stopAt(target as HTMLButtonElement));
  bar.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const isRtl = getComputedStyle(bar).direction === 'rtl';
    const steps: Record<string, number> = {
      ArrowRight: at + (isRtl ? -1 : 1),
      ArrowLeft: at + (isRtl ? 1 : -1),
      Home: 0,
      End: -1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length)?.focus();
  });
  const update = () => {
    const isText = !(view.state.selection instanceof NodeSelection);
    for (const { tool, made } of shown) {
      if (tool.isOn) made.setAttribute('aria-pressed', String(isText && tool.isOn(view.state)));
      made.setAttribute('aria-disabled', String(!tool.run(view.state)));
    }
  };
  return { bar, update };
}

function toolButton(tool: Tool, view: EditorView): HTMLButtonElement {
  const made = button('', { 'aria-label': tool.label, title: tool.label }, () => {
    view.focus();
    tool.run(view.state, view.dispatch, view);
  });
  if (tool.keys) made.setAttribute('aria-keyshortcuts', tool.keys);
  // The selection stays where it is.
  made.addEventListener('mousedown', (event) => event.preventDefault());
  made.append(icon(tool.icon));
  return made;
}
