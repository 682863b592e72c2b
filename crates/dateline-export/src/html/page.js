// Filters and deep links. The page is whole without this script; it shows and hides what is
// there, and neither fetches nor builds anything. Its words come from the page.
"use strict";
// At once, so that a long page is never laid out as a whole before it is shown.
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  const form = document.getElementById("filter");
  if (!form) return;
  const all = (selector, at = document) => [...at.querySelectorAll(selector)];
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");
  const lists = ["kind", "actor", "place", "source"].map((name) => form.elements.namedItem(name));
  const text = form.elements.namedItem("text");
  const days = all(".day").map((at) => ({ at, events: [] }));
  const dayOf = new Map(days.map((day) => [day.at, day]));
  const events = all(".event").map((at) => {
    const event = { at, on: true, words: null };
    for (const list of lists) event[list.name] = (at.dataset[list.name] || "").split(" ");
    dayOf.get(at.closest(".day")).events.push(event);
    return event;
  });
  const links = all(".strip a").map((at) => ({ at, range: at.dataset.days.split(" ").map(Number) }));

  // Words without case and without marks on letters, so that "Nauseda" finds "Nausėda".
  const fold = (words) => words.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
  const wordsOf = (event) => {
    event.words ??= fold(all("h4 bdi, .names bdi, .cited", event.at).map((at) => at.textContent).join("\n").replace(/\s+/g, " "));
    return event.words;
  };

  // One pass to decide, one to write.
  const apply = () => {
    const chosen = lists.filter((list) => list.selectedIndex > 0).map((list) => [list.name, String(list.selectedIndex - 1)]);
    const needles = fold(text.value).split(/\s+/).filter(Boolean);
    let count = 0;
    const changed = [];
    for (const event of events) {
      const on = chosen.every(([name, number]) => event[name].includes(number))
        && (!needles.length || needles.every((needle) => wordsOf(event).includes(needle)));
      if (on) count += 1;
      if (on !== event.on) changed.push(event);
      event.on = on;
    }
    for (const event of changed) event.at.hidden = !event.on;
    for (const day of days) day.at.hidden = !day.events.some((event) => event.on);
    for (const { at, range } of links) {
      const first = days.slice(range[0], range[1] + 1).find((day) => !day.at.hidden);
      at.classList.toggle("off", !first);
      at.setAttribute("href", "#" + (first || days[range[0]]).at.id);
    }
    const some = count < events.length;
    none.hidden = count > 0;
    shown.textContent = count === 0 ? shown.dataset.none : some ? shown.dataset.some.replace("#", count) : shown.dataset.all;
    for (const button of all(".clear")) button.hidden = !chosen.length && !needles.length;
  };

  // The state of the filters is the query of the address; the fragment stays a deep link.
  const store = () => {
    const query = new URLSearchParams();
    for (const field of [...lists, text]) if (field.value.trim()) query.set(field.name, field.value.trim());
    const target = targetOf(location.hash);
    const hash = target && target.closest("[hidden]") ? "" : location.hash;
    const search = query.size ? "?" + query : "";
    try {
      history.replaceState(null, "", location.pathname + search + hash);
    } catch {
      // Some browsers keep the address of a file as it is: the filters work all the same.
    }
  };
  const restore = () => {
    const query = new URLSearchParams(location.search);
    for (const list of lists) {
      list.value = query.get(list.name) || "";
      if (list.selectedIndex < 0) list.selectedIndex = 0;
    }
    text.value = query.get("text") || "";
  };
  const clear = () => {
    for (const list of lists) list.selectedIndex = 0;
    text.value = "";
    apply();
    store();
  };

  const targetOf = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };
  // Shows what the fragment names: a filter that hides it is cleared, an event is opened.
  const go = () => {
    const target = targetOf(location.hash);
    if (!target) return;
    if (target.closest(".event[hidden], .day[hidden]")) clear();
    const event = target.closest(".event");
    const at = event || target;
    const details = event && event.querySelector("details");
    if (details) details.open = true;
    if (!at.hasAttribute("tabindex")) at.tabIndex = -1;
    at.focus({ preventScroll: true });
    at.scrollIntoView();
    // Sizes of what was not drawn yet were guessed: look again when they are known.
    arrived = at;
    requestAnimationFrame(() => requestAnimationFrame(stay));
  };
  // Where the fragment led, until the reader moves on.
  let arrived = null;
  const stay = () => arrived && arrived.scrollIntoView();
  for (const move of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(move, () => { arrived = null; }, { capture: true, passive: true });
  }

  const open = document.getElementById("open");
  let opened = false;
  const toggle = () => {
    opened = !opened;
    for (const event of events) if (event.on || !opened) event.at.querySelector("details").open = opened;
    const words = open.textContent;
    open.textContent = open.dataset.other;
    open.dataset.other = words;
  };

  let waiting = 0;
  const change = () => {
    clearTimeout(waiting);
    apply();
    store();
  };
  for (const list of lists) list.addEventListener("change", change);
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });
  for (const button of all(".clear")) {
    button.addEventListener("click", () => {
      clear();
      text.focus();
    });
  }
  open.addEventListener("click", toggle);
  addEventListener("hashchange", go);
  // A link to where one is already changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) setTimeout(go);
  });

  // What is not drawn yet makes the page open quickly, but each look into it costs: a key that
  // searches all of it for the next link would freeze. So it is drawn while nothing else is to
  // do, and at the latest when a key is pressed.
  const idle = globalThis.requestIdleCallback || ((then) => setTimeout(then, 50));
  const draw = (from) => {
    for (const event of events.slice(from, from + 100)) event.at.classList.add("drawn");
    stay();
    if (from + 100 < events.length) idle(() => draw(from + 100));
  };
  addEventListener("load", () => idle(() => draw(0)));
  addEventListener("keydown", () => root.classList.add("whole"), { capture: true, once: true });

  form.hidden = false;
  restore();
  if (location.search) apply();
  go();
  // The browser goes to the fragment by itself when it has read all, and takes the focus
  // away where that is a former id.
  addEventListener("load", () => setTimeout(go));
});
