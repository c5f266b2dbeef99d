import type { GuideWords } from './words.ts';

export const guideVi: GuideWords = {
  name: 'Hướng dẫn nói',
  begin:
    'Bắt đầu hướng dẫn bằng giọng nói. Hãy chọn bằng phím số. Nhấn phím không để nghe lại, phím sao để quay lại hoặc dừng, phím thăng để xác nhận. Giữ phím năm để tắt màn hình, giữ phím không để đổi âm lượng.',
  end: 'Kết thúc hướng dẫn bằng giọng nói.',
  press: (key) => `Nhấn phím ${key} để:`,
  place: (place) => `Đơn thuốc số ${place}.`,
  pad: 'Nhập bằng phím số. Phím sao để xóa, phím thăng để xác nhận. Nhấn phím sao trước khi nhập để chọn cách khác.',
  otherWays: 'Các cách khác. Nhấn phím sao để quay lại nhập số.',
  backToPad: 'Đã quay lại nhập số.',
  stopAgain: 'Để dừng, hãy nhấn phím sao một lần nữa.',
  moreTime: 'Nhấn phím không để có thêm thời gian.',
  dark: 'Màn hình đã tối.',
  bright: 'Màn hình đã sáng.',
  volume: 'Đã đổi âm lượng.',
  certificate: 'Chứng thư điện tử sắp hết hạn. Bạn có thể gia hạn tại văn phòng thành phố.',
};
