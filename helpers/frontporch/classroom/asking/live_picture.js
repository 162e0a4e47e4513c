// A community in which people are clicked. Who is asked and what that reaches comes from the
// kernel (`told`); here it is drawn, and clicks and keys are sent.

const SPACE = "http://www.w3.org/2000/svg";
const NEAR = 22; // as far from a person as a click still means them
const PATIENCE = 3000; // milliseconds until a kernel that says nothing is spoken of
const narrow = () => matchMedia("(max-width: 600px)").matches;
const LARGER = 2.3; // on a phone: lettering in a picture that is a third as wide
const STOPS = [[0, [255, 255, 255]], [0.5, [107, 164, 220]], [1, [8, 48, 107]]];
const SHAPES = [
  "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z",
  "M-.88-.88H.88V.88H-.88z",
  "M0-1.2L1.12.78H-1.12z",
  "M0-1.25L1.05 0 0 1.25-1.05 0z",
  "M0 1.2L1.12-.78H-1.12z",
  "M-.38-1.1H.38V-.38H1.1V.38H.38V1.1H-.38V.38H-1.1V-.38H-.38z",
  "M-.6-1.1L0-.5.6-1.1 1.1-.6.5 0 1.1.6.6 1.1 0 .5-.6 1.1-1.1.6-.5 0-1.1-.6z",
];

function filled(one, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.append(...children);
  return one;
}
const make = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children);
const draw = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(SPACE, name), attributes, children);

// Small chances are the most, so that the scale is one of square roots.
function shade(chance) {
  const at = Math.sqrt(chance);
  const [low, high] = at <= 0.5 ? [STOPS[0], STOPS[1]] : [STOPS[1], STOPS[2]];
  const part = (at - low[0]) / 0.5;
  return `rgb(${low[1].map((from, k) => Math.round(from + part * (high[1][k] - from)))})`;
}

const size = (room, chance) => room * (0.62 + 0.36 * Math.sqrt(chance));
const percent = chance => `${(100 * chance).toFixed(chance > 0 && chance < 0.095 ? 1 : 0)} %`;
const number = value => value === null ? "–" : value.toFixed(1);

function symbol(group, room, chance) {
  return draw("path", {
    class: "shape", d: SHAPES[group.shape], stroke: group.color, fill: shade(chance),
    transform: `scale(${size(room, chance)})`});
}

function mark(order, radius, x, y, scale = 1) {
  return draw("g", {class: "asked", transform: `translate(${x} ${y}) scale(${scale})`},
    draw("circle", {r: radius}), draw("text", {y: 6}, String(order)));
}

class Town {
  constructor(scene, ask) {
    this.scene = scene;
    this.at = 0; // who is reached by the tab key
    this.chances = scene.people.map(() => -1);
    this.numbers = scene.people.map(() => -1);
    this.ways = draw("path", {class: "ways"});
    this.marks = draw("g", {class: "marks", "aria-hidden": "true"});
    this.tip = draw("g", {class: "tip", "aria-hidden": "true"});
    const {width, height} = scene;
    this.svg = draw("svg", {
      viewBox: `0 0 ${width} ${height}`, role: "group", "data-lm-suppress-shortcuts": "true",
      "aria-label": `${scene.people.length} people. Arrow keys move, Enter asks or takes back, ` +
        "letters find a name."});
    this.people = scene.people.map((one, k) => draw("g", {
      class: "person", role: "button", tabindex: k ? -1 : 0, "data-number": k,
      transform: `translate(${one.x} ${one.y})`},
    draw("circle", {class: "halo", r: Math.max(scene.radius, 9) + 8}),
    symbol(scene.groups[one.group], scene.radius, 0)));
    const names = scene.groups.map(one => draw("text", {
      class: "group", x: one.x, y: one.y, fill: one.ink}, one.name));
    this.svg.append(
      draw("path", {class: "ties within", d: scene.ties[0]}),
      draw("path", {class: "ties between", d: scene.ties[1]}),
      this.ways, ...names, ...this.people, this.marks, this.tip);
    this.svg.addEventListener("click", event => {
      const number = this.meant(event);
      if (number === null) return;
      this.focus(number);
      ask(number);
    });
    this.svg.addEventListener("pointermove", event => this.point(this.meant(event)));
    this.svg.addEventListener("pointerleave", () => this.point(null));
    this.svg.addEventListener("focusin", event => this.point(this.meant(event)));
    this.svg.addEventListener("focusout", () => this.point(null));
    this.svg.addEventListener("keydown", event => this.key(event, ask));
  }

  // Whoever is clicked, or the nearest within reach of the pointer.
  meant(event) {
    const person = event.target.closest(".person");
    if (person) return Number(person.dataset.number);
    const place = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(this.svg.getScreenCTM().inverse());
    let best = null, least = NEAR;
    this.scene.people.forEach((one, k) => {
      const far = Math.hypot(one.x - place.x, one.y - place.y);
      if (far < least) [best, least] = [k, far];
    });
    return best;
  }

  focus(number) {
    this.people[this.at].setAttribute("tabindex", -1);
    this.people[number].setAttribute("tabindex", 0);
    this.at = number;
    this.people[number].focus({preventScroll: true});
  }

  key(event, ask) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab") return;
    const last = this.people.length - 1;
    const places = {
      ArrowRight: () => this.towards(1, 0), ArrowLeft: () => this.towards(-1, 0),
      ArrowDown: () => this.towards(0, 1), ArrowUp: () => this.towards(0, -1),
      Home: () => 0, End: () => last,
      PageDown: () => (this.at + 1) % (last + 1), PageUp: () => (this.at + last) % (last + 1)};
    if (event.key === "Enter" || event.key === " ") ask(this.at);
    else if (places[event.key]) this.focus(places[event.key]());
    else if (event.key.length === 1) this.focus(this.called(event.key.toLowerCase()));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The nearest person that way, those straight ahead before those aside.
  towards(right, down) {
    const here = this.scene.people[this.at];
    let best = this.at, least = Infinity;
    this.scene.people.forEach((one, k) => {
      const ahead = (one.x - here.x) * right + (one.y - here.y) * down;
      const aside = Math.abs((one.x - here.x) * down) + Math.abs((one.y - here.y) * right);
      const far = ahead + 2 * aside;
      if (ahead > 0.5 && aside <= 2 * ahead && far < least) [best, least] = [k, far];
    });
    return best;
  }

  called(letter) {
    const count = this.people.length;
    for (let k = 1; k <= count; k += 1) {
      const next = (this.at + k) % count;
      if (this.scene.people[next].name.toLowerCase().startsWith(letter)) return next;
    }
    return this.at;
  }

  // Show somebody's name, chance and ties.
  point(number, anew = false) {
    if (number === this.pointed && !anew) return;
    this.pointed = number;
    this.tip.replaceChildren();
    this.ways.setAttribute("d", "");
    if (number === null) return;
    const {people, width} = this.scene, one = people[number];
    this.ways.setAttribute("d", one.near.map(
      k => `M${one.x} ${one.y}L${people[k].x} ${people[k].y}`).join(""));
    const said = draw("text", {}, this.spoken(number));
    this.tip.append(said);
    const room = said.getComputedTextLength() + 20;
    const scale = narrow() ? Math.min(LARGER, (width - 4) / room) : 1;
    const left = Math.min(Math.max(one.x - scale * room / 2, 2), width - scale * room - 2);
    const top = one.y < 60 * scale ? one.y + 20 * scale : one.y - 20 - 30 * scale;
    this.tip.prepend(draw("rect", {width: room, height: 30, rx: 5}));
    this.tip.setAttribute("transform", `translate(${left} ${top}) scale(${scale})`);
    said.setAttribute("x", 10);
    said.setAttribute("y", 20);
  }

  spoken(number) {
    const {people, groups} = this.scene, one = people[number], ties = one.near.length;
    const place = groups.length > 1 ? `, ${groups[one.group].name}` : "";
    const asked = this.numbers[number];
    const chance = asked < 0 ? `chance ${percent(this.chances[number])}` : `asked as ${asked + 1}`;
    return `${one.name}${place}, ${ties} ${ties === 1 ? "tie" : "ties"}, ${chance}`;
  }

  // Draw anew those for whom something has changed.
  show(told) {
    const numbers = this.scene.people.map(() => -1);
    told.chosen.forEach((number, k) => { numbers[number] = k; });
    const {people, radius} = this.scene;
    this.people.forEach((one, k) => {
      const chance = told.chances[k];
      if (chance === this.chances[k] && numbers[k] === this.numbers[k]) return;
      [this.chances[k], this.numbers[k]] = [chance, numbers[k]];
      const shape = one.lastChild;
      shape.setAttribute("fill", shade(chance));
      shape.setAttribute("transform", `scale(${size(radius, chance)})`);
      one.setAttribute("aria-pressed", numbers[k] >= 0);
      one.setAttribute("aria-label", this.spoken(k));
    });
    // On top of everybody: one who is asked is not covered by a neighbour.
    this.marks.replaceChildren(...told.chosen.map((number, k) => mark(
      k + 1, 1.3 * Math.max(radius, 9), people[number].x, people[number].y,
      narrow() ? LARGER : 1)));
    this.point(this.pointed ?? null, true);
  }
}

function key(scene) {
  const rows = narrow();
  const svg = draw("svg", {viewBox: rows ? "0 0 366 102" : "0 0 980 34", role: "img",
    "aria-label": "Key: the darker and larger, the likelier somebody is reached; a numbered " +
      "ring marks who is asked."});
  const group = {...scene.groups[0], shape: 0, color: "#505050"};
  const put = (x, y, one) => svg.append(draw("g", {transform: `translate(${x} ${y})`}, one));
  const write = (x, y, text) => svg.append(draw("text", {x, y: y + 5}, text));
  write(rows ? 0 : 14, 17, "chance to be reached");
  const [first, step, second] = rows ? [10, 72, 51] : [216, 92, 17];
  [0, 0.05, 0.25, 0.5, 1].forEach((chance, k) => {
    put(first + step * k, second, symbol(group, rows ? 8 : scene.radius, chance));
    write(first + 16 + step * k, second, percent(chance).replace(".0", ""));
  });
  const [last, third] = rows ? [14, 85] : [700, 17];
  svg.append(mark(1, 12, last, third));
  write(last + 20, third, "asked, in this order");
  return svg;
}

function table(told) {
  const all = told.rows.flatMap(one => one.slice(1)).concat(told.ends ?? []);
  const most = Math.max(1, ...all);
  const head = ["way of choosing", ...told.columns, "reached on average"].map(
    text => make("th", {scope: "col"}, text));
  const part = (bar, kind, from, to) => {
    if (to <= from) return;
    const one = make("span", {class: kind});
    one.style.left = `${100 * from / most}%`;
    one.style.width = `${100 * (to - from) / most}%`;
    bar.append(one);
  };
  const rows = told.rows.map(([way, now, whole], k) => {
    const bar = make("span", {class: "bar"});
    part(bar, "whole", 0, whole ?? 0);
    part(bar, "now", 0, now);
    if (!k && told.ends) part(bar, "ends", ...told.ends);
    return make("tr", {class: k ? "other" : "yours"}, make("th", {scope: "row"}, way),
      make("td", {}, number(now)), make("td", {}, number(whole)),
      make("td", {class: "bars", "aria-hidden": "true"}, bar));
  });
  return [
    make("caption", {}, "Bar: as many asked as now. Outline: all. Line: nine of ten worlds."),
    make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)];
}

// What was drawn without any control steps aside for as long as this one is on the page.
function stepAside(el, alt) {
  const area = el.closest(".jp-OutputArea, .jp-Cell");
  const still = alt && area && [...area.querySelectorAll("img")].find(one => one.alt === alt);
  const block = still && (still.closest(".jp-OutputArea-child") ?? still);
  if (!block || block.contains(el)) return () => {};
  block.style.display = "none";
  return () => { block.style.display = ""; };
}

function render({model, el}) {
  const scene = model.get("scene");
  let waiting = null;
  const headline = make("p", {class: "headline"}), band = make("p"), last = make("p");
  const ask = what => {
    model.send({click: what});
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      last.textContent = "No answer yet: the kernel is busy, or gone. Run the cell again.";
    }, PATIENCE);
  };
  const town = new Town(scene, ask);
  const again = make("button", {type: "button"}, "Take all back");
  again.addEventListener("click", () => ask("clear"));
  const order = make("ol"), compared = make("table"), typed = make("code");
  const asked = make("section", {"aria-label": "Who is asked"}, order, again);
  el.classList.add("fp-ask-first");
  el.append(
    make("div", {role: "status", class: "said"}, headline, band, last), town.svg, key(scene),
    make("div", {class: "below"}, asked, compared),
    make("details", {}, make("summary", {}, "The same picture, typed"), typed));
  const show = () => {
    clearTimeout(waiting);
    const told = model.get("told");
    town.show(told);
    headline.textContent = told.headline;
    band.textContent = told.band;
    last.textContent = told.last;
    order.replaceChildren(...told.chosen.map((person, k) => make("li", {},
      `${scene.people[person].name} `, make("b", {}, `+ ${number(told.gains[k])}`))));
    again.disabled = !told.chosen.length;
    compared.hidden = told.rows.length < 2;
    compared.replaceChildren(...table(told));
    typed.textContent = told.typed;
  };
  show();
  model.on("change:told", show);
  let back = () => {};
  const settle = setTimeout(() => { back = stepAside(el, model.get("still")); }, 0);
  return () => {
    clearTimeout(waiting);
    clearTimeout(settle);
    model.off("change:told", show);
    back();
  };
}

export default {render};
