"use strict";
// Choices show one option at a time, tables can be sorted and copied. All that the page says stands there without this.
(() => {
  const make = (name, parts, text) => {
    const element = Object.assign(document.createElement(name), parts);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  document.documentElement.classList.add("active");

  // Choices: the pattern of tabs.
  for (const choice of document.querySelectorAll(".choice")) {
    const options = [...choice.children];
    if (options.length < 2) continue;
    const tabs = options.map((option) => make("button", { type: "button" }, option.dataset.name));
    const list = make("div", { className: "tabs" });
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", choice.dataset.label);
    const show = (chosen, hasFocus) => {
      tabs.forEach((tab, place) => {
        tab.setAttribute("aria-selected", String(place === chosen));
        tab.tabIndex = place === chosen ? 0 : -1;
        options[place].classList.toggle("unseen", place !== chosen);
      });
      if (hasFocus) tabs[chosen].focus();
    };
    tabs.forEach((tab, place) => {
      tab.id = options[place].id + "-tab";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", options[place].id);
      options[place].setAttribute("role", "tabpanel");
      tab.addEventListener("click", () => show(place));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        let next = step === undefined ? undefined : (place + step + tabs.length) % tabs.length;
        if (event.key === "Home") next = 0;
        if (event.key === "End") next = tabs.length - 1;
        if (next === undefined) return;
        event.preventDefault();
        show(next, true);
      });
    });
    list.append(make("span", { className: "label", ariaHidden: "true" }, choice.dataset.label), ...tabs);
    choice.before(list);
    show(0);
  }

  // A link into what is not shown shows it.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.classList.contains("unseen")) document.getElementById(part.id + "-tab").click();
      if (part.tagName === "DETAILS") part.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Details are open on paper.
  const closed = new Set();
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details:not([open])")) { closed.add(part); part.open = true; }
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
    closed.clear();
  });

  // Tables.
  const cellText = (row, place) => {
    const cell = row.cells[place];
    return (cell.querySelector(".sized > :last-child") || cell).textContent.trim();
  };
  const number = (text) => parseFloat(text.replace(/\u2212/g, "-").replace(/^[<>≤≥+]\s*/, ""));
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  document.body.append(said);
  for (const table of document.querySelectorAll("table")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    if (rows.length > 1) {
      heads.forEach((head, place) => {
        const button = make("button", { type: "button", className: "sort" }, head.textContent);
        head.replaceChildren(button);
        button.addEventListener("click", () => {
          const isNumeric = head.classList.contains("number");
          const before = head.getAttribute("aria-sort");
          const falls = before ? before === "ascending" : isNumeric;
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", falls ? "descending" : "ascending");
          const keys = new Map(rows.map((row) => [row, cellText(row, place)]));
          const sorted = [...rows].sort((one, other) => {
            const [a, b] = [keys.get(one), keys.get(other)];
            if (!isNumeric) return falls ? b.localeCompare(a) : a.localeCompare(b);
            const [x, y] = [number(a), number(b)];
            if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
            return falls ? y - x : x - y;
          });
          body.append(...sorted);
        });
      });
    }
    const copy = make("button", { type: "button", className: "copy" }, "Copy as CSV");
    copy.addEventListener("click", async () => {
      const field = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
      const lines = [heads.map((head) => head.textContent)].concat(
        [...body.rows].map((row) => heads.map((head, place) => cellText(row, place))));
      const text = lines.map((line) => line.map(field).join(",") + "\n").join("");
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = "Copied.";
      } catch {
        // Where the clipboard is shut, the text is there to be copied by hand.
        const area = make("textarea", { value: text, readOnly: true, rows: 8, ariaLabel: "The table as CSV" });
        copy.after(area);
        area.select();
        said.textContent = "Select and copy the text below the button.";
      }
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = "Copy as CSV"; }, 1500);
    });
    const holder = table.closest(".scroll");
    holder.before(make("div", { className: "tools" }));
    holder.previousElementSibling.append(copy);
  }
})();
