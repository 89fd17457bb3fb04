"""Opens pages in a browser as readers do and says what is wrong with them, one line each.

    python check_pages.py FOLDER

Each page is opened by light, by dark, 320 pixels wide and as printed, and once without scripts. It must say nothing on the
console, ask for nothing, fit the window, have drawings whose texts are whole and apart, and give axe nothing to find.
"""

import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

BROWSER = "/usr/bin/chromium"
MODES = {
    "light": dict(viewport=dict(width=1100, height=900), color_scheme="light"),
    "dark": dict(viewport=dict(width=1100, height=900), color_scheme="dark"),
    "narrow": dict(viewport=dict(width=320, height=640), color_scheme="light"),
    "print": dict(viewport=dict(width=794, height=1123), color_scheme="light"),
    "no script": dict(viewport=dict(width=1100, height=900), java_script_enabled=False),
}

# What does not fit: the whole page, blocks that reach past it, and texts of drawings that are cut or lie on each other.
FAULTS = """() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`${root.scrollWidth} pixels wide in a window of ${innerWidth}`);
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const texts = [...svg.querySelectorAll("text")].map((text) => [text.firstChild ? text.firstChild.textContent : "", text.getBoundingClientRect()]);
    const title = svg.querySelector("title").textContent.slice(0, 40);
    texts.forEach(([text, box], place) => {
      if (box.width === 0) return;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1) {
        faults.push(`"${text.slice(0, 40)}" is cut in "${title}"`);
      }
      for (const [other, second] of texts.slice(place + 1)) {
        const wide = Math.min(box.right, second.right) - Math.max(box.left, second.left);
        const high = Math.min(box.bottom, second.bottom) - Math.max(box.top, second.top);
        if (wide > 1 && high > 3) faults.push(`"${text.slice(0, 40)}" lies on "${other.slice(0, 40)}" in "${title}"`);
      }
    });
  }
  return faults;
}"""

UNSEEN = """() => [...document.querySelectorAll(".option, table, svg")].filter(
  (part) => part.closest("details:not([open])") === null && part.getBoundingClientRect().height === 0).length"""


def open_page(browser, path, mode, problems):
    context = browser.new_context(**MODES[mode])
    page = context.new_page()
    address = path.as_uri()

    def add(text):
        problems.append(f"{path.name}, {mode}: {text}")

    page.on("console", lambda message: add(f"console: {message.text}"))
    page.on("pageerror", lambda error: add(f"error: {error}"))
    page.on("dialog", lambda dialog: (add(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: request.url == address or request.url.startswith("data:") or add(f"asks for {request.url}"))
    if mode == "print":
        page.emulate_media(media="print")
    page.goto(address)
    return context, page, add


def check(browser, path, problems):
    for mode in MODES:
        context, page, add = open_page(browser, path, mode, problems)
        for fault in page.evaluate(FAULTS):
            add(fault)
        if mode in ("print", "no script") and (unseen := page.evaluate(UNSEEN)):
            add(f"{unseen} parts are not to be seen")
        if mode in ("light", "dark"):
            for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
                nodes = violation["nodes"]
                add(f"axe: {violation['id']}: {violation['help']}: {len(nodes)} times: {nodes[0]['html'][:120]}")
        if mode == "light":
            use(page, add)
        context.close()


def use(page, add):
    """Chooses, sorts and copies as a reader does, by keyboard too."""
    tabs = page.locator(".tabs").first
    if tabs.count() > 0:
        buttons = tabs.get_by_role("tab")
        if buttons.count() > 1:
            buttons.nth(0).focus()
            page.keyboard.press("ArrowRight")
            if buttons.nth(1).get_attribute("aria-selected") != "true":
                add("an arrow does not choose the next option")
            panel = page.locator("#" + buttons.nth(1).get_attribute("aria-controls"))
            if not panel.is_visible():
                add("the chosen option is not to be seen")
    sort = page.locator("th .sort:visible").first
    if sort.count() > 0:
        sort.click()
        column = sort.locator("xpath=ancestor::th")
        if column.get_attribute("aria-sort") not in ("ascending", "descending"):
            add("a click does not sort the table")
    copy = page.locator(".copy:visible").first
    if copy.count() > 0:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.click()
        page.wait_for_function("document.querySelector('.said').textContent !== ''", timeout=5000)


def main():
    problems = []
    pages = sorted(pathlib.Path(sys.argv[1]).resolve().glob("*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for path in pages:
            check(browser, path, problems)
        browser.close()
    print("\n".join(problems))
    print(f"{len(pages)} pages, {len(problems)} problems")
    sys.exit(1 if problems or not pages else 0)


main()
