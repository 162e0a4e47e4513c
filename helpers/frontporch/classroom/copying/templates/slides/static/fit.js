// A slide holds what fits. What runs over its foot goes on to a next slide, under the same heading;
// pictures take the room that the words leave. Done in the browser, for only there is known how
// much room the letters of this machine need.
(() => {
  const FOOT = 720 - 56, WIDTH = 1280 - 2 * 64; // as the style sheet has it
  const SHORT = 160; // letters of an output that may stand in a column
  const LEAST = 0.3; // of its room that a slide uses: below it, it is nearly empty
  const BEGUN = 110; // a table begins where so much room is left below its first row
  const SMALLEST = 440; // a picture less high than this is given a slide of its own
  const CUT = ["DIV", "UL", "OL", "TABLE", "TBODY", "BLOCKQUOTE"];

  const bottom = node => {
    const top = node.closest("section").getBoundingClientRect().top;
    return node.getBoundingClientRect().bottom - top;
  };
  const blocksOf = page => [...page.querySelectorAll(":scope > .block")];
  const foot = page => Math.max(0, ...[...page.querySelectorAll(".block *, h2")].map(bottom),
    ...(page.matches(".block") ? [...page.querySelectorAll("*")].map(bottom) : []));

  // The title of a slide: that of its one picture, or the message of its first block, or the title
  // of the slide before. A title that was there already is grey.
  function retitle(page) {
    const heading = page.querySelector(":scope > h2");
    if (!heading) return;
    const blocks = blocksOf(page), titles = [...page.querySelectorAll("figcaption")];
    const only = titles.length === 1 && page.querySelectorAll("img").length === 1;
    blocks.forEach(one => one.classList.remove("lifted"));
    if (only) titles[0].closest(".block").classList.add("lifted");
    const said = only ? titles[0].textContent
      : blocks.map(one => one.dataset.message).find(Boolean) || heading.dataset.before;
    if (heading.dataset.before === undefined) heading.dataset.before = heading.innerHTML;
    if (said === undefined || said === heading.dataset.before) heading.innerHTML = heading.dataset.before;
    else heading.textContent = said;
    const last = page.previousElementSibling?.querySelector("h2");
    heading.classList.toggle("again", last?.textContent === heading.textContent);
  }

  // Words and the one picture that they are about, beside each other.
  const BESIDE = 0.745; // of its own size: its lettering is then 16 pixels high
  function fitsBeside(page) {
    retitle(page);
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
    const wide = blocks.some(one => one.querySelector("table")
      || (one.querySelector("pre")?.textContent.length || 0) > SHORT);
    if (pictured.length !== 1 || blocks.length < 2 || wide) return false;
    if (page.querySelectorAll("img").length !== 1) return false;
    const looks = page.className, was = pictured[0].className;
    page.classList.add("beside");
    pictured[0].classList.add("pictured");
    if (fitsBeside(page)) return true;
    page.classList.add("tight");
    if (fitsBeside(page)) return true;
    page.className = looks; // beside each other as before, where a block more has no room
    pictured[0].className = was;
    if (!pictured[0].matches(".pictured")) pictured[0].style.top = "";
    return false;
  }

  // Whether everything fits, once its pictures are as large as they can be.
  function fits(page) {
    retitle(page);
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
    if (inner) rest.dataset.inner = "yes";
    if (parts[0].tagName === "THEAD") rest.append(parts[0].cloneNode(true));
    rest.append(...(inner ? [inner] : []), ...gone);
    return rest;
  }

  function again(heading) {
    const copy = heading.cloneNode(true);
    copy.removeAttribute("id");
    copy.classList.add("again");
    copy.dataset.before = heading.innerHTML;
    return copy;
  }

  function next(page, heading) {
    const fresh = page.cloneNode(false);
    fresh.classList.remove("beside", "tight", "tighter", "title");
    fresh.removeAttribute("data-background-color");
    fresh.dataset.part = page.dataset.part || "To begin with";
    fresh.append(again(page.querySelector(":scope > h2") || heading), ...[...page.querySelectorAll("aside")].map(a => a.cloneNode(true)));
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
    if (!list || page.querySelector("img")) return false;
    const begins = () => bottom(list.firstElementChild) < FOOT - BEGUN;
    if (begins()) return true;
    const tight = page.classList.contains("tight");
    page.classList.add("tight");
    if (begins()) return true;
    page.classList.toggle("tight", tight);
    return false;
  }

  // Words that ask what the next block answers go with it.
  function leads(block) {
    if (!block || block.querySelector("img, table")) return false;
    return Boolean(block.dataset.message) || block.textContent.trim().endsWith(":");
  }

  // A slide with nothing but the picture that the next one shows beside its words is left out.
  function once(pages, page) {
    const before = pages[pages.indexOf(page) - 1], copy = page.querySelector(":scope > .seen-before");
    if (!copy || pages.indexOf(before) < 1 || blocksOf(before).length > 1) return;
    copy.classList.remove("seen-before");
    pages.splice(pages.indexOf(before), 1);
    before.remove();
    fits(page);
  }

  // Words that lead to the next block need no picture from before beside them.
  function withoutCopy(page, block) {
    const copy = page.querySelector(":scope > .seen-before"), looks = page.className;
    const lead = block.previousElementSibling;
    if (!copy || !leads(lead)) return false;
    copy.remove();
    page.classList.remove("beside", "tight");
    if (fits(page) || smaller(page)) return true;
    page.className = looks;
    blocksOf(page)[0].before(copy);
    return false;
  }

  // How much of the room below its title a slide uses; one with a picture is full.
  function filled(page) {
    if (page.querySelector("img")) return 1;
    const top = bottom(page.querySelector("h2"));
    return (foot(page) - top) / (FOOT - top);
  }

  // What `cut` took off, put back.
  function mend(node, rest) {
    const parts = [...rest.children].filter(one => one.tagName !== "THEAD");
    if (rest.dataset.inner) mend(node.lastElementChild, parts.shift());
    node.append(...parts);
  }

  // All of the second slide on the first, with words a little smaller; false where it has no room.
  function join(page, last) {
    const moved = blocksOf(last), looks = page.className, before = blocksOf(page).at(-1);
    const goesOn = moved[0].matches(".cut"), others = goesOn ? moved.slice(1) : moved;
    if (goesOn) { mend(before, moved[0]); moved[0].remove(); }
    const were = others.map(one => one.className);
    page.append(...others);
    others.forEach(one => one.classList.add("fragment"));
    for (const size of [[], ["tight"], ["tight", "tighter"]]) {
      page.classList.add(...size);
      if (fits(page) || asColumns(page)) { last.remove(); return true; }
    }
    page.className = looks;
    last.append(...others);
    others.forEach((one, k) => { one.className = were[k]; });
    fits(page);
    const rest = goesOn && cut(before);
    if (rest) {
      rest.classList.add("cut");
      last.querySelector(":scope > h2").after(rest);
      fits(page);
    }
    fits(last);
    return false;
  }

  // Rows of a table that goes on, or the block before, so that the second slide is not nearly empty.
  function handOn(page, last) {
    const [first] = blocksOf(last), before = blocksOf(page).at(-1);
    const rows = before.querySelector("tbody, ul, ol"), more = first.querySelector("tbody, ul, ol");
    if (first.matches(".cut") && rows && more) {
      while (filled(last) < LEAST && rows.children.length > 2) {
        more.prepend(rows.lastElementChild);
        if (rows.closest("ol")) more.start -= 1;
      }
      if (!fits(last)) rows.append(more.firstElementChild);
      return;
    }
    if (blocksOf(page).length < 2 || before.matches(".seen-before")) return;
    const was = before.className;
    before.classList.remove("fragment");
    first.before(before);
    if (fits(last) && filled(page) >= LEAST) { fits(page); return; }
    page.append(before);
    before.className = was;
    fits(page);
    fits(last);
  }

  // No slide is nearly empty where its neighbor has something to give, or room.
  function settle(pages) {
    for (let k = pages.length - 1; k > 0; k--) {
      if (filled(pages[k]) >= LEAST) continue;
      if (join(pages[k - 1], pages[k])) pages.splice(k, 1);
      else handOn(pages[k - 1], pages[k]);
    }
    if (pages.length > 1 && filled(pages[0]) < LEAST && join(pages[0], pages[1])) pages.splice(1, 1);
  }

  function fit(section, heading) {
    const blocks = blocksOf(section);
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
      if (!rest && withoutCopy(page, block)) continue;
      if (rest) {
        rest.classList.add("cut");
        block = turn(rest);
      } else if (page.querySelectorAll(".block").length > 1) {
        block.remove();
        const lead = blocks[blocks.indexOf(block) - 1];
        const stays = blocksOf(page).filter(one => one !== lead && !one.matches(".seen-before"));
        const led = leads(lead) && lead.parentNode === page && stays.length > 0;
        const left = page;
        turn(block).before(...(led ? [lead] : beside(block, blocks)));
        if (led && !fits(page) && !asColumns(page) && !smaller(page) && !startsHere(page, block))
          left.append(lead);
        if (!fits(page) && !asColumns(page) && !smaller(page)) page.querySelector(".seen-before")?.remove();
        once(pages, page);
      }
      while (!fits(page)) {
        readable(page);
        const rest = cut(block);
        if (!rest) {
          block.classList.add("dense");
          if (!fits(page)) console.error(`This does not fit on a slide: ${block.textContent}`);
          break;
        }
        rest.classList.add("cut");
        block = turn(rest);
      }
    }
    settle(pages);
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
      section.querySelectorAll("details").forEach(one => { // a class reads what is open
        const said = document.createElement("p");
        said.textContent = one.querySelector("summary")?.textContent || "";
        one.replaceWith(said);
      });
      const own = section.querySelector("h2");
      if (own && !section.matches(".title")) section.prepend(own); // above both columns
      const [first, second] = blocksOf(section);
      if (own && !first.dataset.message && second?.dataset.message && !second.querySelector("img")) {
        first.dataset.message = own.textContent = second.dataset.message; // it leads to the second
      }
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
