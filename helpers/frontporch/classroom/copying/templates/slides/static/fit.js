// A slide holds what fits. What runs over its foot goes on to a next slide, under the same heading;
// pictures take the room that the words leave. Done in the browser, for only there is known how
// much room the letters of this machine need.
(() => {
  const FOOT = 720 - 56, WIDTH = 1280 - 2 * 64; // as the style sheet has it
  const SMALLEST = 440; // a picture less high than this is given a slide of its own
  const CUT = ["DIV", "UL", "OL", "TABLE", "TBODY", "BLOCKQUOTE"];

  const bottom = node => {
    const top = node.closest("section").getBoundingClientRect().top;
    return node.getBoundingClientRect().bottom - top;
  };
  const foot = page => Math.max(0, ...[...page.querySelectorAll(".block *, h2")].map(bottom),
    ...(page.matches(".block") ? [...page.querySelectorAll("*")].map(bottom) : []));

  // Words and the one picture that they are about, beside each other.
  const BESIDE = 0.745; // of its own size: its lettering is then 16 pixels high
  function fitsBeside(page) {
    const picture = page.querySelector("img"), block = picture.closest(".block");
    const head = page.querySelector(":scope > h2");
    block.style.top = `${(head ? bottom(head) : 32) + 18}px`;
    picture.style.width = "auto";
    picture.style.height = "0";
    const room = FOOT - foot(block);
    const high = Math.min(room, 740 * picture.naturalHeight / picture.naturalWidth);
    picture.style.height = `${Math.max(0, Math.floor(high))}px`;
    return high >= BESIDE * picture.naturalHeight && foot(page) <= FOOT;
  }
  function asColumns(page) {
    const blocks = [...page.querySelectorAll(":scope > .block")];
    const pictured = blocks.filter(one => one.querySelector("img"));
    const wide = blocks.some(one => one.querySelector("table, pre"));
    if (pictured.length !== 1 || blocks.length < 2 || wide) return false;
    if (page.querySelectorAll("img").length !== 1) return false;
    const tight = page.classList.contains("tight");
    page.classList.add("beside");
    pictured[0].classList.add("pictured");
    if (fitsBeside(page)) return true;
    page.classList.add("tight");
    if (fitsBeside(page)) return true;
    page.classList.toggle("tight", tight);
    page.classList.remove("beside");
    pictured[0].classList.remove("pictured");
    pictured[0].style.top = "";
    return false;
  }

  // Whether everything fits, once its pictures are as large as they can be.
  function fits(page) {
    if (page.classList.contains("beside")) return fitsBeside(page);
    const pictures = [...page.querySelectorAll("img")];
    pictures.forEach(one => { one.style.width = "auto"; one.style.height = "0"; });
    const room = (FOOT - foot(page)) / pictures.length;
    const legible = pictures.map(one => {
      const high = Math.min(room, WIDTH * one.naturalHeight / one.naturalWidth,
        1.25 * one.naturalHeight);
      one.style.height = `${Math.max(0, Math.floor(high))}px`;
      return high >= Math.min(SMALLEST, one.naturalHeight);
    });
    return legible.every(Boolean) && foot(page) <= FOOT;
  }

  // Words a little smaller, where that keeps what belongs together on one slide.
  function smaller(page) {
    if (page.matches(".beside, .tight")) return false;
    page.classList.add("tight");
    if (fits(page)) return true;
    page.classList.remove("tight");
    fits(page);
    return false;
  }

  // Pictures at least so large that they can be read: one without room then stands below the foot.
  function readable(page) {
    page.querySelectorAll("img").forEach(one => {
      const least = Math.min(SMALLEST, one.naturalHeight);
      if (parseFloat(one.style.height) < least) one.style.height = `${least}px`;
    });
  }

  // Cut off what stands below the foot; null where there is no place to cut.
  function cut(node) {
    const parts = [...node.children];
    const first = parts.findIndex(one => bottom(one) > FOOT);
    if (first < 0) return null;
    const inner = CUT.includes(parts[first].tagName) ? cut(parts[first]) : null;
    const before = parts.slice(0, first).some(one => !/^(H\d|THEAD|STYLE)$/.test(one.tagName));
    if (!inner && !before) return null;
    const rest = node.cloneNode(false);
    rest.removeAttribute("id");
    const gone = parts.slice(inner ? first + 1 : first);
    if (node.tagName === "OL") rest.start = (node.start || 1) + first;
    if (parts[0].tagName === "THEAD") rest.append(parts[0].cloneNode(true));
    rest.append(...(inner ? [inner] : []), ...gone);
    return rest;
  }

  function again(heading) {
    const copy = heading.cloneNode(true);
    copy.removeAttribute("id");
    copy.classList.add("again");
    return copy;
  }

  function next(page, heading) {
    const fresh = page.cloneNode(false);
    fresh.classList.remove("beside", "tight");
    fresh.append(again(heading), ...[...page.querySelectorAll("aside")].map(a => a.cloneNode(true)));
    page.after(fresh);
    return fresh;
  }

  // Words that follow a picture are about it: it stands above them once more.
  function beside(block, blocks) {
    const before = blocks[blocks.indexOf(block) - 1];
    if (!before?.querySelector("img") || !block.querySelector(".text_cell")) return [];
    const copy = before.cloneNode(true);
    copy.querySelectorAll("[id]").forEach(one => one.removeAttribute("id"));
    copy.classList.remove("fragment");
    copy.classList.add("seen-before");
    return [copy];
  }

  // A long table, or text with a list, begins on the slide of the few words before it.
  function startsHere(page, block) {
    const list = block.querySelector("tbody, ul");
    return list && !page.querySelector("img") && bottom(list.firstElementChild) < FOOT - 160;
  }

  function fit(section, heading) {
    const blocks = [...section.querySelectorAll(":scope > .block")];
    const pages = [section];
    let page = section;
    const turn = block => {
      fits(page); // pictures grow back
      page = next(page, heading);
      pages.push(page);
      block.classList.remove("fragment"); // turning the page has shown it
      page.append(block);
      return block;
    };
    blocks.forEach(one => one.remove());
    for (let block of blocks) {
      page.append(block);
      if (fits(page) || asColumns(page) || smaller(page)) continue;
      const rest = startsHere(page, block) && cut(block);
      if (rest) {
        block = turn(rest);
      } else if (page.querySelectorAll(".block").length > 1) {
        block.remove();
        turn(block).before(...beside(block, blocks));
        if (!fits(page) && !asColumns(page) && !smaller(page)) page.querySelector(".seen-before")?.remove();
      }
      while (!fits(page)) {
        readable(page);
        const rest = cut(block);
        if (!rest) {
          block.classList.add("dense");
          if (!fits(page)) console.error(`This does not fit on a slide: ${block.textContent}`);
          break;
        }
        block = turn(rest);
      }
    }
    if (pages.length > 1) pages.forEach((one, k) => {
      one.querySelectorAll("aside").forEach(notes => {
        const part = document.createElement("p");
        part.textContent = `Part ${k + 1} of ${pages.length}; the minutes are for all parts.`;
        notes.prepend(part);
      });
    });
  }

  function start() {
    const deck = document.querySelector(".reveal");
    let heading = null;
    for (const section of [...deck.querySelectorAll(".slides > section")]) {
      section.querySelectorAll("style").forEach(one => one.remove()); // tables have the deck's looks
      const own = section.querySelector("h2");
      if (own) heading = own;
      else if (heading) section.prepend(again(heading));
      if (heading) fit(section, heading);
    }
    deck.classList.remove("measured");
    Reveal.initialize({
      width: 1280, height: 720, margin: 0, center: false, hash: true, slideNumber: "c/t",
      transition: "none", backgroundTransition: "none", controls: false, plugins: [RevealNotes],
      pdfSeparateFragments: false,
    });
  }

  window.addEventListener("load", () => window.MathJax ? MathJax.Hub.Queue(start) : start());
})();
