// Made from layout.json and parts.json by `npm run -s hardware`; millimetres and degrees.
width = 270;
wall = 3;
profile = [[0, 0], [0, 24], [100, 28], [100, 124], [38, 128], [38, 148], [152, 346], [190, 346], [235, 70], [235, 0]];
// id, name, size, middle, raised
places = [
  ["card-module", "Card module", [98, 65, 13], [80, 40, 12], 0],
  ["pad", "Twelve keys", [70, 77, 8], [205, 48, 16.5], 0],
  ["backlight", "Light over the card place", [60, 10, 3], [80, 90, 130], 0],
  ["card-camera", "Card-front camera", [32, 32, 15], [80, 64, 138], 0],
  ["screen", "Touchscreen", [236, 143, 16], [135, 90.3, 214.8], 60],
  ["face-camera", "Face camera", [38, 38, 22], [135, 157, 299], 62],
  ["ring", "Light ring around the face camera", [58, 58, 4], [135, 137.6, 310], 60],
  ["presence", "Presence sensor", [32, 24, 22], [205, 146.5, 305], 60],
  ["board", "Board", [85, 56, 22], [60, 190, 22], 0],
  ["panel", "Front-panel controller", [45, 18, 12], [150, 190, 12], 0],
  ["module-serial", "Serial adapter for the card module", [50, 22, 12], [150, 150, 12], 0],
  ["speaker", "Speaker and headphone socket", [50, 30, 20], [225, 190, 16], 0],
  ["buzzer", "Sounder", [22, 22, 8], [225, 125, 10], 0],
  ["tamper", "Tamper switch", [20, 7, 10], [135, 222, 22], 0]
];
// what it holds, middle, height, diameter, bore
bosses = [
  ["lid", [9, 12], 12, 9, 2.5],
  ["lid", [261, 12], 12, 9, 2.5],
  ["lid", [9, 118], 12, 9, 2.5],
  ["lid", [261, 118], 12, 9, 2.5],
  ["lid", [9, 226], 12, 9, 2.5],
  ["lid", [261, 226], 12, 9, 2.5],
  ["board", [21, 165.5], 8, 6, 2.1],
  ["board", [79, 165.5], 8, 6, 2.1],
  ["board", [21, 214.5], 8, 6, 2.1],
  ["board", [79, 214.5], 8, 6, 2.1]
];
lid_through = 3.4;
lid_head = 6.4;
card_at = [80, 60, 27];
card_size = [85.6, 54];
