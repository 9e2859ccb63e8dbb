import type { helpZh } from './help-zh.ts';

/** The public announcement's notices and questions (R24), in English. */
export const helpEn: typeof helpZh = {
  notices: 'Notices',
  questions: 'Questions',
  noticeTexts: [
    'Applying needs permission to use your location. For now only the Chinese resident ID card can be used.',
    'The applicant has to pass a face check. Once it is passed, the outcome of the review is shown.',
    'To keep information safe and correct, travellers who are not registered or not signed in enter their own real identity and confirm that they act for themselves before applying or viewing. With any other document than a Chinese resident ID card, you are told that it cannot be used.',
    'Each person can apply 3 times in a calendar month. Each electronic temporary boarding ID is valid for 24 hours.',
    'The QR code changes every 60 seconds. So that nobody else can use it, a face check is asked for again after 30 minutes. Guests who close the page are checked again when they view it. While the ID is valid, viewing and checking again use no application.',
    'After signing out of the app, or clearing its stored data, a face check is needed to view the ID.',
    'So that you can prepare ahead, a new ID can be applied for from 3 hours before the current one ends.',
    'Registered users can see their applications of the last month.',
    'Whoever could not get an electronic ID can get a paper one at the police ID window (公安制证窗口) of the station.',
  ],
  questionTexts: [
    {
      question: 'Why is my city not found?',
      answer:
        'Choose “Locate again”, and make sure that location services are on and this app may use them.',
    },
    {
      question: 'Is there a limit to how often I can apply?',
      answer:
        'During the trial each person can apply 3 times in a calendar month. Beyond that, get a paper temporary boarding ID at the police ID window of the station.',
    },
    {
      question: 'Does the ID expire?',
      answer:
        'Yes, 24 hours after it was granted. If it expires during your trip, apply again, or leave the station through the staffed lane.',
    },
    {
      question: 'The QR code shows, but the gate does not open?',
      answer:
        'The code changes every 60 seconds. A bad network may have kept it from changing: choose “Refresh” under the code.',
    },
    {
      question: 'Why am I asked to verify again after some time on the code page?',
      answer:
        'So that nobody else can use your code, a face check is asked for after 30 minutes. While the ID is valid this uses no application.',
    },
    {
      question: 'After applying, when do I have to verify again?',
      answer:
        'Guests: after closing the code page, to view it again. Registered users: after signing out or clearing stored data.',
    },
    {
      question: 'I have a multi-ride or period ticket and forgot my ID card. Can I enter with it?',
      answer: 'Of course.',
    },
    {
      question: 'What can I do with the electronic temporary boarding ID?',
      answer:
        'At stations with electronic tickets: buy, refund and change tickets, pass identity checks, entry and exit gates, and ticket checks on board.',
    },
    {
      question: 'Can minors apply?',
      answer: 'Yes, minors who hold a Chinese resident ID card can apply.',
    },
  ],
};
