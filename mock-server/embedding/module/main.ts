// Copy this, with a bundler of yours, and the tag in index.html.
import 'boarding-id/define';

const element = document.querySelector('boarding-id')!;
element.addEventListener('boarding-id-issued', ({ detail }) => {
  document.title = `Valid until ${new Date(detail.validUntil * 1000).toLocaleString()}`;
});
