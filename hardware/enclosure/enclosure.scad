// The enclosure: two halves of one bent shell, a left and a right cheek, and a base plate.
//   openscad -o shell.stl -D 'view="shell"' enclosure.scad       what is printed or bent
//   view: shell, plate (the base plate alone), parts (what sits inside), open (the shell cut along its middle, parts in it),
//   screwed (the shell cut low, the base plate below it), closed (as a patient sees it)
include <layout.scad>

view = "closed";
$fn = 48;
clearance = 0.4;

// The figure that `profile` tells, from x1 to x2.
module bent(x1, x2) {
  translate([x1, 0, 0]) rotate([90, 0, 90]) linear_extrude(x2 - x1) children();
}
module outside() polygon(profile);
module hollow() offset(delta = -wall) outside();

function place(id) = [for (p = places) if (p[0] == id) p][0];

// Puts its children where a part's middle is, turned as the part is.
module at(id) {
  p = place(id);
  translate(p[3]) rotate([p[4], 0, 0]) children();
}
module part(id) {
  p = place(id);
  at(id) cube(p[2], center = true);
}

// Through the wall before a part: a window of this size, `depth` far.
module window(id, size, depth = 60) {
  at(id) translate([0, 0, depth / 2]) cube([size[0], size[1], depth], center = true);
}
module bore(id, diameter, depth = 60) {
  at(id) translate([0, 0, depth / 2]) cylinder(d = diameter, h = depth, center = true);
}

module openings() {
  window("screen", [217, 136]);
  bore("ring", 60);
  bore("presence", 23);
  // keys, raised through the top
  at("pad") translate([0, 0, 10]) cube([64, 71, 20], center = true);
  // the card camera looks down; the light beside it
  at("card-camera") translate([0, 0, -15]) cylinder(d = 14, h = 30, center = true);
  at("backlight") translate([0, 0, -8]) cube([62, 8, 16], center = true);
  // the contact slot in the front, 2 mm high
  translate([card_at[0], 0, 12]) cube([56, 20, 2], center = true);
  // a recess of 1 mm where the card lies, with room for a finger at its side
  translate([card_at[0], card_at[1], card_at[2] + 0.6]) cube([card_size[0] + 2, card_size[1] + 2, 2], center = true);
  translate([card_at[0] + card_size[0] / 2 + 6, card_at[1], card_at[2] + 4]) sphere(d = 24);
  // the speaker's holes through the right cheek
  for (y = [-8 : 8 : 8], z = [-5 : 5 : 5])
    translate([width, place("speaker")[3][1] + y, place("speaker")[3][2] + z]) rotate([0, 90, 0]) cylinder(d = 3, h = 20, center = true);
  // network, supply and headphones at the back
  translate([60, profile[9][0], 22]) cube([60, 20, 22], center = true);
  translate([225, profile[9][0], 20]) cube([20, 20, 14], center = true);
  // air: low at the back, high under the top
  for (x = [40 : 14 : width - 40]) {
    translate([x, profile[9][0], 48]) cube([4, 30, 14], center = true);
    translate([x, 185, 340]) rotate([-9, 0, 0]) cube([4, 40, 6], center = true);
  }
}

// A boss stands on the base plate's upper face. The lid's screws come from below, the board's from above; no bore goes through.
module post(b) {
  translate([b[1][0], b[1][1], wall]) cylinder(d = b[3], h = b[2]);
}
module core(b) {
  up = b[0] == "board" ? 1 : -1;
  translate([b[1][0], b[1][1], wall + up]) cylinder(d = b[4], h = b[2]);
}
// Each of the shell's is one with the cheek beside it.
module cheek_boss(b) {
  cheek = b[1][0] < width / 2 ? wall / 2 : width - wall / 2;
  difference() {
    hull() {
      post(b);
      translate([cheek, b[1][1], wall + b[2] / 2]) cube([wall / 2, b[3], b[2]], center = true);
    }
    core(b);
  }
}

module shell() {
  difference() {
    union() {
      difference() {
        bent(0, width) outside();
        bent(wall, width - wall) hollow();
      }
    }
    openings();
    // the base plate is apart, so that everything goes in from below
    translate([wall + clearance, wall, -1]) cube([width - 2 * (wall + clearance), profile[9][0] - 2 * wall, wall + 1]);
  }
  for (b = bosses) if (b[0] == "lid") cheek_boss(b);
}
module base_plate() {
  difference() {
    translate([wall + clearance, wall, 0]) cube([width - 2 * (wall + clearance), profile[9][0] - 2 * wall, wall]);
    // countersunk from below
    for (b = bosses) if (b[0] == "lid") translate([b[1][0], b[1][1], 0]) {
      translate([0, 0, -1]) cylinder(d = lid_through, h = wall + 2);
      translate([0, 0, -0.01]) cylinder(d1 = lid_head, d2 = lid_through, h = (lid_head - lid_through) / 2);
    }
  }
  for (b = bosses) if (b[0] == "board") difference() {
    post(b);
    core(b);
  }
}

shades = ["SteelBlue", "SeaGreen", "Goldenrod", "IndianRed", "MediumPurple", "DarkCyan", "Peru"];
module parts() {
  for (i = [0 : len(places) - 1]) color(shades[i % len(shades)]) part(places[i][0]);
}
module card() {
  color("White") translate(card_at) cube([card_size[0], card_size[1], 0.8], center = true);
}

if (view == "shell") shell();
if (view == "plate") base_plate();
if (view == "screwed") {
  color("Gainsboro") difference() { shell(); translate([-1, -1, 22]) cube([width + 2, 400, 400]); }
  color("SteelBlue") translate([0, 0, -70]) base_plate();
}
if (view == "parts") parts();
if (view == "open") {
  color("Gainsboro") difference() { shell(); translate([width * 0.52, -1, -1]) cube([width, 400, 400]); }
  color("Silver") base_plate();
  parts(); card();
}
if (view == "closed") {
  color("WhiteSmoke") { shell(); base_plate(); }
  at("screen") color("MidnightBlue") cube(place("screen")[2], center = true);
  at("ring") color("Gold") difference() { cylinder(d = 56, h = 3, center = true); cylinder(d = 40, h = 5, center = true); }
  color("DimGray") part("pad");
  color("Black") part("face-camera");
  card();
}
