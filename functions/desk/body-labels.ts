/** What the body editor says. Where it counts, the text holds `{n}`; where it names something, `{name}`. */
export interface BodyEditorLabels {
  text: string;
  toolbar: string;
  bold: string;
  italic: string;
  link: string;
  heading2: string;
  heading3: string;
  bulletList: string;
  orderedList: string;
  quote: string;
  code: string;
  rule: string;
  picture: string;
  camera: string;
  document: string;
  undo: string;
  redo: string;
  linkAddress: string;
  save: string;
  unlink: string;
  badAddress: string;
  alt: string;
  altMissing: string;
  caption: string;
  uploading: string;
  uploadFailed: string;
  notUploaded: string;
  retry: string;
  remove: string;
  /** Of blocks that are kept as they are, by element; `other` for all that are not named. */
  kept: Record<'table' | 'details' | 'section' | 'math' | 'video' | 'audio' | 'dl' | 'other', string>;
  keptHint: string;
  lostPictures: string;
  remotePicture: string;
  noPicture: string;
  reading: string;
  unreadable: string;
  leftOut: string;
  oldWord: string;
}

export const bodyEditorLabels: Record<'en' | 'zh', BodyEditorLabels> = {
  en: {
    text: 'Text of the article',
    toolbar: 'Formatting',
    bold: 'Bold',
    italic: 'Italic',
    link: 'Link',
    heading2: 'Heading',
    heading3: 'Subheading',
    bulletList: 'Bulleted list',
    orderedList: 'Numbered list',
    quote: 'Quotation',
    code: 'Code',
    rule: 'Dividing line',
    picture: 'Picture',
    camera: 'Take a photo',
    document: 'Word document',
    undo: 'Undo',
    redo: 'Redo',
    linkAddress: 'Address of the link',
    save: 'Save',
    unlink: 'Remove link',
    badAddress: 'This is not a web address.',
    alt: 'Alternative text',
    altMissing: 'What does the picture show? For readers who cannot see it.',
    caption: 'Caption (optional)',
    uploading: 'Uploading…',
    uploadFailed: 'The picture was not uploaded. It stays here.',
    notUploaded: '{name} was not uploaded. Try it again.',
    retry: 'Try again',
    remove: 'Remove picture',
    kept: {
      table: 'Table',
      details: 'Details to unfold',
      section: 'Footnotes',
      math: 'Formula',
      video: 'Video',
      audio: 'Sound',
      dl: 'Definitions',
      other: 'Block',
    },
    keptHint: 'kept as it is',
    lostPictures: 'Pictures that did not come along: {n}. Paste or drop them one by one.',
    remotePicture: '{name} could not be copied from its site: a link to it stands in its place.',
    noPicture: '{name} is not a picture that articles can show.',
    reading: 'Reading {name}…',
    unreadable: '{name} could not be read.',
    leftOut: 'Left out of {name}: {list}',
    oldWord: '{name} is in the old format of Word. Save it as .docx first.',
  },
  zh: {
    text: '正文',
    toolbar: '格式',
    bold: '粗体',
    italic: '斜体',
    link: '链接',
    heading2: '标题',
    heading3: '小标题',
    bulletList: '项目列表',
    orderedList: '编号列表',
    quote: '引用',
    code: '代码',
    rule: '分隔线',
    picture: '图片',
    camera: '拍照',
    document: 'Word 文档',
    undo: '撤销',
    redo: '重做',
    linkAddress: '链接地址',
    save: '保存',
    unlink: '移除链接',
    badAddress: '这不是网址。',
    alt: '替代文本',
    altMissing: '图片上有什么？供看不到图片的读者了解。',
    caption: '图片说明（可选）',
    uploading: '正在上传…',
    uploadFailed: '图片没有上传成功，仍保留在这里。',
    notUploaded: '{name} 没有上传成功，请重试。',
    retry: '重试',
    remove: '移除图片',
    kept: {
      table: '表格',
      details: '折叠内容',
      section: '脚注',
      math: '公式',
      video: '视频',
      audio: '音频',
      dl: '定义列表',
      other: '内容块',
    },
    keptHint: '保持原样',
    lostPictures: '未能一并带入的图片：{n} 张。请逐张粘贴或拖入。',
    remotePicture: '{name} 无法从其网站复制，已改为链接。',
    noPicture: '{name} 不是文章可以显示的图片。',
    reading: '正在读取 {name}…',
    unreadable: '无法读取 {name}。',
    leftOut: '{name} 中未保留：{list}',
    oldWord: '{name} 是旧版 Word 格式，请先另存为 .docx。',
  },
};
