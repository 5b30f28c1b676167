import type { Command } from './command.ts';

interface CommandEntry {
  /** What follows the command's name. */
  usage: string;
  /** One line for the list of commands. */
  summary: string;
  /** Loads the command when it is called: some need the CDK, which takes seconds. */
  load(): Promise<Command>;
}

export const commands: Record<string, CommandEntry> = {
  check: {
    usage: '[folder] [--to URL]',
    summary: 'Says what is wrong with the content, file by file, and which files a site would refuse',
    load: async () => (await import('./check.ts')).check,
  },
  deploy: {
    usage: '[--stage name] [--take-files] [options of cdk deploy]',
    summary: 'Checks the content, then deploys the stage (default: dev) to your AWS account',
    load: async () => (await import('./cdk.ts')).deploy,
  },
  editors: {
    usage: '[list | add ADDRESS [--contributor] | remove ADDRESS] [--stage name]',
    summary: 'Lists, invites and removes those who write in the browser (default stage: dev)',
    load: async () => (await import('./editors.ts')).editors,
  },
  erase: {
    usage: 'SLUG [--yes] [--to URL]',
    summary: 'Erases a removed article for good: text, former texts, title, names and labels',
    load: async () => (await import('./versions.ts')).erase,
  },
  export: {
    usage: 'FOLDER [--to URL] [--wxr] [--versions]',
    summary:
      'Writes everything that a site has into a content folder: articles, pictures, redirects, settings',
    load: async () => (await import('./export.ts')).exportSite,
  },
  import: {
    usage:
      'FILE|FOLDER|URL [--to URL] [--dry-run] [--home URL] [--zone ZONE] [--pictures FOLDER] [--report FILE]',
    summary: 'Moves a site in from another system: articles, pictures and old addresses',
    load: async () => (await import('./import.ts')).importOldSite,
  },
  init: {
    usage:
      '[--title TEXT] [--description TEXT] [--domain NAME] [--language TAG] [--time-zone ZONE] [--address LINES]',
    summary: 'Turns the demo into an empty paper of your own: asks six questions, or takes the answers',
    load: async () => (await import('./init.ts')).init,
  },
  lint: {
    usage: 'URL|FILE|-… [--history] [--strict]',
    summary: 'Says what is wrong with feeds, and with how they are served',
    load: async () => (await import('./lint.ts')).lint,
  },
  list: {
    usage: '[--to URL] [--status published|scheduled|draft|gone]',
    summary: 'Lists all articles of a site, including drafts and removed ones, newest stored first',
    load: async () => (await import('./list.ts')).list,
  },
  new: {
    usage: '"TITLE"',
    summary: 'Writes the file of a new article, as a draft with the time of now',
    load: async () => (await import('./new.ts')).newArticle,
  },
  preview: {
    usage: 'SLUG [--renew] [--to URL]',
    summary: 'Prints the address at which whoever has it reads an article that is not public yet',
    load: async () => (await import('./preview.ts')).preview,
  },
  publish: {
    usage: 'FILES… [--to URL] [--dry-run]',
    summary: 'Publishes Markdown, HTML and JSON files through the write API; a file name becomes the address',
    load: async () => (await import('./publish.ts')).publish,
  },
  pull: {
    usage: 'SLUG [--to URL]',
    summary: 'Writes an article as a site has it into its content file',
    load: async () => (await import('./pull.ts')).pull,
  },
  rehearse: {
    usage: '[--port 4566] [--results FILE]',
    summary: 'Deploys to an AWS emulator with the CDK CLI, checks the site, deploys again and destroys it',
    load: async () => (await import('./rehearse.ts')).rehearse,
  },
  repair: {
    usage: '[--to URL]',
    summary: "Compares a site's lists, feeds and redirects with its articles and corrects what differs",
    load: async () => (await import('./repair.ts')).repair,
  },
  restore: {
    usage: 'SLUG [--version N] [--to URL]',
    summary: 'Puts a former text of an article back, also after a deletion',
    load: async () => (await import('./versions.ts')).restore,
  },
  smoke: {
    usage: '',
    summary: 'Checks a running site over HTTP (BASE_URL, PUBLISH_URL), with an article that it removes again',
    load: async () => (await import('./smoke.ts')).smoke,
  },
  sources: {
    usage: '[--to URL] [--preview NAME]',
    summary: 'Says how the sources are whose feeds a site follows, or what would come with one',
    load: async () => (await import('./sources.ts')).sources,
  },
  stats: {
    usage: '[--to URL] [--days N] [--svg FILE]',
    summary: "Shows the views of a site's articles by day, the most read first",
    load: async () => (await import('./stats.ts')).stats,
  },
  synth: {
    usage: '[--stage name] [options of cdk synth]',
    summary: 'Writes the template of the stage (default: dev) to cdk.out; needs no network and no account',
    load: async () => (await import('./cdk.ts')).synth,
  },
  unpublish: {
    usage: 'SLUGS… [--to URL]',
    summary: 'Removes articles from a site: their pages answer 410, lists and feeds leave them out',
    load: async () => (await import('./unpublish.ts')).unpublish,
  },
  versions: {
    usage: 'SLUG [--to URL]',
    summary: 'Lists the former texts of an article: when, by which way and by whom each was stored',
    load: async () => (await import('./versions.ts')).versions,
  },
};
