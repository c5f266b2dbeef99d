const inJapan = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hour12: false });
const dayInJapan = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' });

/** @param iso ISO 8601; @returns `09:05`, in Japan, wherever this computer believes to be */
export const clockTime = (iso: string): string => inJapan.format(new Date(iso));

/** @returns `2026-04-01 09:05` */
export const dayAndTime = (iso: string): string => `${dayInJapan.format(new Date(iso))} ${clockTime(iso)}`;
