import { expect } from 'chai';
import { platformOf } from '../../widget/host/platform.ts';

const is = (userAgent: string, maxTouchPoints = 0) => platformOf({ userAgent, maxTouchPoints });

describe('the platform whose settings help is given for', () => {
  it('R6: is told by what browsers say of themselves, an iPad that says it is a Mac included', () => {
    expect(is('Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile')).to.equal('android');
    expect(is('Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)')).to.equal('ios');
    expect(is('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5)).to.equal('ios');
    expect(is('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).to.equal('desktop');
    expect(is('Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 10)).to.equal('desktop');
  });
});
