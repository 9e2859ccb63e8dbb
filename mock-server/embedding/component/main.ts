// Copy this for the page in the frame: the component, and its channel to the page around.
import { connectBridge, frameChannel } from 'boarding-id/bridge';
import 'boarding-id/define';

const element = document.querySelector('boarding-id')!;
element.lang = new URLSearchParams(location.search).get('lang') ?? 'zh';
// Exactly the origin of the page around: any other neither hears nor is heard.
element.bridge = connectBridge(frameChannel(window, 'https://app.example'));
