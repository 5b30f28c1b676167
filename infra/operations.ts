import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { NewsDashboard } from './dashboard.ts';
import type { Watched } from './watched.ts';

/** Shows how the stage does; tells when it does badly, where somebody is to be told or data to be lost. */
export class Operations extends Construct {
  readonly dashboardUrl: string;
  readonly alarmTopicArn: string | undefined;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { alarmEmail, keepsData } = watched.stage;
    this.dashboardUrl = new NewsDashboard(this, 'Dashboard', watched).url;
    if (keepsData || alarmEmail !== undefined)
      this.alarmTopicArn = new Alarms(this, 'Alarms', watched).topic.topic.topicArn;
  }
}
