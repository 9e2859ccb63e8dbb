import { connectBridge, findChannel } from './boarding-id.bundle.js';

const tile = document.querySelector('boarding-id-entry');
tile.setAttribute('issuer', new URLSearchParams(location.search).get('issuer'));
tile.bridge = connectBridge(findChannel());
