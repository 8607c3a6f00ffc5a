/** Who a packet seems to come from, where it arrives. */
import { Then } from './dsl.js';
import { expectClaims } from './expectations.js';

Then('{endpoint} sees {subject} from {endpoint}', function (receiver, subject, sender) {
  return expectClaims(this, subject, `is seen by ${receiver} from ${sender}`, 'en');
});

Then('{endpoint} does not see {subject} from {endpoint}', function (receiver, subject, sender) {
  return expectClaims(this, subject, `is not seen by ${receiver} from ${sender}`, 'en');
});

Then('{endpoint} 看到{zhSubject}来自 {endpoint}', function (receiver, subject, sender) {
  return expectClaims(this, subject, `在 ${receiver} 看来来自 ${sender}`, 'zh');
});
