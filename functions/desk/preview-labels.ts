/** What the preview says. `{n}` stands for a number. */
export interface PreviewLabels {
  width: string;
  phone: string;
  desk: string;
  colours: string;
  light: string;
  dark: string;
  page: string;
  loading: string;
  faults: string;
  failed: string;
  again: string;
  leftOut: string;
  line: string;
  link: string;
  linkHint: string;
  copied: string;
  copy: string;
  copiedPublic: string;
  saveFirst: string;
  linkFailed: string;
}

const en: PreviewLabels = {
  width: 'Width',
  phone: 'Phone',
  desk: 'Desktop',
  colours: 'Colours',
  light: 'Light',
  dark: 'Dark',
  page: 'The page as readers will see it',
  loading: 'The page is being made …',
  faults: 'The page can be shown when this is mended:',
  failed: 'The page could not be made.',
  again: 'Try again',
  leftOut: 'Left out of the text: {n}',
  line: 'line {n}',
  link: 'Copy preview link',
  linkHint:
    'Shows what is saved to people without an account. It ends after 90 days, or when the article is published.',
  copied: 'The link is copied.',
  copy: 'Copy it from here:',
  copiedPublic: 'The article is public: its own address is copied.',
  saveFirst: 'Save the article first: the link shows what is saved.',
  linkFailed: 'No link could be made. Try again in a moment.',
};

const zh: PreviewLabels = {
  width: '宽度',
  phone: '手机',
  desk: '桌面',
  colours: '颜色',
  light: '浅色',
  dark: '深色',
  page: '读者将看到的页面',
  loading: '正在生成页面……',
  faults: '修正以下问题后即可显示页面：',
  failed: '无法生成页面。',
  again: '重试',
  leftOut: '正文中被略去：{n} 处',
  line: '第 {n} 行',
  link: '复制预览链接',
  linkHint: '没有账号的人可凭此查看已保存的内容；90 天后或文章发布时失效。',
  copied: '链接已复制。',
  copy: '请从这里复制：',
  copiedPublic: '文章已公开：已复制其网址。',
  saveFirst: '请先保存文章：链接显示的是已保存的内容。',
  linkFailed: '无法生成链接，请稍后再试。',
};

export const previewLabels = { en, zh };
