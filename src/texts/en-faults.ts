import type { FaultTexts } from './fault-words.ts';

export const faultsEn: FaultTexts = {
  'CARD-101': {
    title: 'The card was moved',
    advice: 'Please place the card again and leave it there until we have finished.',
    staff: 'Card left during the reception. Ask the patient to place it again.',
  },
  'CARD-102': {
    title: 'We could not read the card',
    advice: 'Please take it out of its case and place it again, photo side up.',
    staff: 'The chip does not answer. Check case, dirt and side; try another card.',
  },
  'CARD-103': {
    title: 'This does not seem to be a My Number Card',
    advice: 'Please place your My Number Card.',
    staff: 'A card other than a My Number Card was placed.',
  },
  'CARD-104': {
    title: 'The card could not be read well',
    advice: 'Please lift the card and place it again.',
    staff: 'The card answered outside its specification. If placing it again fails, use another certificate.',
  },
  'CARD-105': {
    title: 'We could not use this card',
    advice: 'Please show this card at reception.',
    staff: 'No user-authentication certificate. Issued at the municipal office. Use another certificate today.',
  },
  'CARD-106': {
    title: 'Face check could not be used',
    advice: 'You can go on in another way.',
    staff: 'The card-face data is not signed correctly. Look at the card; continue by PIN.',
  },
  'CARD-107': {
    title: 'Face check could not be used',
    advice: 'You can go on in another way.',
    staff: 'The card refused verification code B (照合番号B). Type the printed numbers with care, or continue by PIN.',
  },
  'CARD-108': {
    title: 'We could not read the front of the card',
    advice: 'You can go on in another way.',
    staff: 'Verification code B (照合番号B) could not be read. Type the printed numbers, or continue by PIN.',
  },
  'CARD-109': {
    title: 'Face check could not continue',
    advice: 'You can go on in another way.',
    staff: 'The card did not accept the terminal authentication. Continue by PIN.',
  },
  'CARD-110': {
    title: 'The check with the card did not finish',
    advice: 'Please lift the card and place it again.',
    staff: 'The card did not sign. If placing it again fails, use another certificate.',
  },
  'CARD-111': {
    title: 'Face check could not be used',
    advice: 'You can go on in another way.',
    staff:
      'Verification code B (照合番号B) is not presented again: refused twice, or the card has few tries left. Continue by PIN or by eye.',
  },
  'CARD-112': {
    title: 'We could not read the card',
    advice: 'This cannot go on here.\nReception can check you in another way.',
    staff:
      'Not read three times in a row. If another card is read, this one is faulty; if not, check the module. Use another certificate today.',
  },
  'MOD-201': {
    title: 'Cards cannot be read right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The card module does not answer. Check power and cable; it resumes by itself.',
  },
  'MOD-202': {
    title: 'Cards cannot be read right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The card module is disconnected. Plug the cable in again; it resumes by itself.',
  },
  'MOD-203': {
    title: 'Cards cannot be read right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The line to the card module is disturbed. Plug the cable in again; then call service.',
  },
  'PANEL-251': {
    title: 'Not available right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The front panel does not answer (lights, sounds, pad). Receptions go on. Check its cable; if it stays, call service.',
  },
  'PANEL-252': {
    title: 'Not available right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The front panel runs another program. Receptions go on. Call service.',
  },
  'PIN-301': {
    title: 'The PIN was not right',
    advice: 'You can go on; please look at the tries left.',
    staff: 'Wrong PIN. The tries left are on the screen. Face is possible too.',
  },
  'PIN-302': {
    title: 'The PIN is locked',
    advice: 'You can check in without the PIN.',
    staff: 'The PIN is locked. Continue by face or by eye. The municipal office unlocks it.',
  },
  'PIN-303': {
    title: 'The PIN could not be checked',
    advice: 'Place the card again: we will read how many tries are left, and go on.',
    staff: 'The line failed during the check. Nothing was sent twice. Placing the card again reads the counter.',
  },
  'FACE-401': {
    title: 'We could not confirm your face',
    advice: 'You can go on in another way.',
    staff: 'No match with the picture on the card. Continue by PIN or by eye.',
  },
  'FACE-402': {
    title: 'Your face was not seen clearly',
    advice: 'You can go on in another way.',
    staff: 'No usable face in time. Look at light, height and angle. PIN is possible too.',
  },
  'FACE-403': {
    title: 'Face check is not available right now',
    advice: 'You can go on in another way.',
    staff: 'Face models failed their check. Call service. PIN works.',
  },
  'FACE-404': {
    title: 'The picture on the card could not be used',
    advice: 'You can go on in another way.',
    staff: 'The picture on the card cannot be compared. Continue by PIN or by eye.',
  },
  'FACE-405': {
    title: 'The camera could not be used',
    advice: 'You can go on in another way.',
    staff: 'No camera, or it stopped. Check its cable and permission. PIN works.',
  },
  'FACE-406': {
    title: 'Face check could not continue',
    advice: 'You can go on in another way.',
    staff: 'The face process stopped (it restarts by itself). Continue by PIN.',
  },
  'FACE-407': {
    title: 'We could not see your head turn',
    advice: 'You can go on in another way.',
    staff: 'The turn of the head was not seen. Whoever cannot turn easily goes on by PIN or by eye.',
  },
  'GATE-501': {
    title: 'We could not check your insurance',
    advice: 'This is a network problem.',
    staff: 'The eligibility service cannot be reached. Check the network; use another certificate.',
  },
  'GATE-502': {
    title: 'We could not check your insurance in time',
    advice: 'This is a network problem.',
    staff: 'The eligibility service did not answer in time. Wait and place again, or use another certificate.',
  },
  'GATE-503': {
    title: 'We could not check your insurance',
    advice: 'This is a system problem.',
    staff: 'The eligibility service answered outside its protocol. If it continues, call service.',
  },
  'GATE-504': {
    title: 'We could not check your insurance',
    advice: 'This is a problem of this machine, not of yours.',
    staff: 'The eligibility service refuses this reader (device certificate). Call service.',
  },
  'GATE-505': {
    title: 'The certificate on the card has expired',
    advice: 'Today, you can check in another way.',
    staff: 'User-authentication certificate expired. Use another certificate today; advise renewal.',
  },
  'GATE-506': {
    title: 'The certificate on this card is no longer in use',
    advice: 'Today, you can check in another way.',
    staff: 'User-authentication certificate revoked. Use another certificate today.',
  },
  'GATE-507': {
    title: 'We could not confirm who you are',
    advice: 'Reception can check you in another way.',
    staff: 'The proof of identity was not accepted (chain, signature). Use another certificate.',
  },
  'GATE-508': {
    title: 'This card is not registered as an insurance card yet',
    advice: 'Today, you can check in another way.',
    staff: 'Not registered for use as an insurance card. Advise registration; use another certificate today.',
  },
  'GATE-509': {
    title: 'Registration is not possible just now',
    advice: 'Only first registrations and newly renewed cards\nmust wait. It will work again later.',
    staff: 'JPKI maintenance: only first registrations, and cards used for the first time after renewal, must wait.',
  },
  'GATE-510': {
    title: 'The phone could not be used this time',
    advice: 'The card itself is needed to register first, and after its certificate has expired.',
    staff: 'A phone cannot register first, nor be used in the grace months. Use the card itself or another certificate.',
  },
  'GATE-511': {
    title: 'This card has expired',
    advice: 'Today, you can check in another way.',
    staff: 'The card itself has expired. Use 資格確認書 or a declaration (申立書); advise renewal.',
  },
  'ELIG-601': {
    title: 'No insurance record was found',
    advice: 'You did nothing wrong.',
    staff: 'No eligibility (often a registration delay). Use 資格情報のお知らせ or a declaration (申立書).',
  },
  'ELIG-602': {
    title: 'We need your new insurance details',
    advice: 'Has your job or insurance changed? Please tell reception.',
    staff: 'The eligibility found is not valid. Ask about a change of job; use 資格情報のお知らせ or 資格確認書.',
  },
  'ELIG-605': {
    title: 'You have a newer insurance',
    advice: 'Please tell reception about the new one.',
    staff: 'The eligibility found is not valid, and a newer one is known. Use the new 資格情報のお知らせ or the like.',
  },
  'ELIG-603': {
    title: 'More than one insurance was found',
    advice: 'Reception will ask which one to use.',
    staff: 'Several eligibilities. Ask which one is to be used.',
  },
  'ELIG-604': {
    title: 'We could not check your insurance',
    advice: 'This is a system problem.',
    staff: 'The eligibility service could not process the query. Wait and place again, or use another certificate.',
  },
  'REC-701': {
    title: 'The check-in could not be completed',
    advice: 'This is a problem of this machine, not of yours.',
    staff: 'The record could not be stored: this reception did not succeed. Check the disk; call service.',
  },
  'REC-702': {
    title: 'The result will reach reception later',
    advice: 'This is a problem of this machine, not of yours.',
    staff: 'The clinic folder cannot be written: the reception stands, and its result follows later. Check the share.',
  },
  'STAFF-851': {
    title: 'Staff cannot confirm here for a while',
    advice: 'You can go on in another way.',
    staff: 'The facility password was wrong too often: it waits for a while. The desk’s screen can still approve.',
  },
  'STAFF-852': {
    title: 'Staff cannot confirm on this screen',
    advice: 'You can go on in another way.',
    staff: 'No facility password has been set. Set one at the desk, or approve on the desk’s screen.',
  },
  'STAFF-853': {
    title: 'Staff could not confirm here',
    advice: 'You can go on in another way.',
    staff: 'The facility password could not be checked. Approve on the desk’s screen, or call service.',
  },
  'STAFF-854': {
    title: 'The approval was not used',
    advice: 'You can start over.',
    staff: 'Approved for a reception that is over or needs none. Place the card again, then approve.',
  },
  'TIME-801': {
    title: 'We stopped, as the time was up',
    advice: 'Place the card again to start over.',
    staff: 'Ended as nobody touched the screen. Ask whether help is wanted.',
  },
  'TIME-802': {
    title: 'Check-in was stopped',
    advice: 'Please take your card.\nPlace it again to start over.',
    staff: 'The patient chose to stop. Offer another way.',
  },
  'SYS-901': {
    title: 'The check-in could not continue',
    advice: 'This is a problem of this machine, not of yours.',
    staff: 'A program defect; the reception was ended safely. Tell service this code.',
  },
  'SYS-903': {
    title: 'The screen had to start again',
    advice: 'Place the card again to start over.',
    staff:
      'The screen stopped during a reception and restarted by itself. Ask to place the card again; if it repeats, call service.',
  },
  'SYS-904': {
    title: 'This reader is being updated',
    advice: 'It will be ready again in a few minutes.',
    staff: 'No reception begins during an update; it ends by itself in minutes. After 30 minutes call service.',
  },
  'SYS-905': {
    title: 'This reader is being checked',
    advice: 'It will be ready again in a moment.',
    staff: 'The reader is testing itself, or a technician is at work. Its own test ends within 15 seconds, by itself.',
  },
  'SYS-902': {
    title: 'Not available right now',
    advice: 'We are sorry for the trouble.',
    staff: 'The configuration is wrong. Tell service the field named in the log.',
  },
};
