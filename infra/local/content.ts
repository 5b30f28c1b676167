import { prepareContent } from '../prepared-content.ts';
import { contentAssets } from './content-asset.ts';
import { ContentPublisher } from './content-publisher.ts';
import { watchContent } from './content-watch.ts';

export interface ContentOptions {
  contentDir: string;
  /** The folders of all functions' assets. */
  assets: string[];
  /** Brings what the assets hold now into the store. */
  deploy(): Promise<void>;
  log(line: string): void;
}

/** Publishes what has changed in the content folder since the assets were made, and what changes from now on; answers how to stop. */
export async function publishContent({ assets, ...options }: ContentOptions): Promise<() => Promise<void>> {
  const publisher = new ContentPublisher({
    ...options,
    assets: await contentAssets(assets),
    prepare: prepareContent,
  });
  return watchContent(options.contentDir, () => publisher.publish(performance.now()));
}
