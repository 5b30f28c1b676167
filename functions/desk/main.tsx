import { render } from 'preact';
import type { DeskSettings } from './settings.ts';
import './desk.css';

const settings: DeskSettings = JSON.parse(document.body.dataset.settings ?? '{}');

render(<h1>{settings.title}</h1>, document.body);
