"""The report in Chromium: silence, axe-core, widths, the keyboard, the filter, print, pictures and the time to open."""

import base64
import importlib.util
import json
import shutil
import statistics
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

CHROMIUM, DRIVER = (shutil.which(name) for name in ("chromium", "chromedriver"))
AXE = Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCREENS = {"phone": (390, 844, True), "desktop": (1280, 900, False)}
TABBABLE = "a[href], input, summary, button, select, textarea, [tabindex='0']"
MARKER = "return window.hacked === undefined ? null : String(window.hacked)"

# What axe leaves open because a gradient lies behind the text: the text's colour against the nearest plain background.
# Text in pictures and the colours of lanes, at which axe does not look, are held to the page's background.
CONTRAST = """
const numbers = colour => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = colour => numbers(colour).slice(0, 3).map(part => part / 255)
  .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
const behind = node => {
  for (; node; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor;
    if (numbers(colour)[3] === 255) return colour;
  }
  return getComputedStyle(document.body).colorScheme.includes('dark') ? '#121212' : '#fff';
};
const found = [];
const hold = (node, colour, least, what) => {
  const [a, b] = [light(colour), light(behind(node))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < least) found.push(`${what}: ${colour} on ${behind(node)} is ${ratio.toFixed(2)}, less than ${least}: `
    + node.outerHTML.slice(0, 90));
};
for (const selector of arguments[0]) for (const node of document.querySelectorAll(selector))
  hold(node, getComputedStyle(node).color, 4.5, 'text');
for (const node of document.querySelectorAll('svg text')) hold(node, getComputedStyle(node).fill, 4.5, 'chart text');
for (const node of document.querySelectorAll('svg .bar')) hold(node, getComputedStyle(node).stroke, 3, 'line');
for (const node of document.querySelectorAll('svg .dot')) hold(node, getComputedStyle(node).fill, 3, 'dot');
for (const node of document.querySelectorAll('.chip'))
  hold(node.parentElement, getComputedStyle(node).borderBottomColor, 3, 'lane ' + node.textContent);
for (const node of document.querySelectorAll('input')) hold(node.parentElement,
  node.type === 'checkbox' ? getComputedStyle(node).color : getComputedStyle(node).borderColor, 3, 'border');
return [...new Set(found)];
"""

# What is focused: its place among all that can be, whether it is on the screen, and whether it is marked.
FOCUSED = """
const node = document.activeElement, all = [...document.querySelectorAll(arguments[0])];
if (node === document.body) return null;
const box = node.getBoundingClientRect(), style = getComputedStyle(node);
const inside = box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
return [all.indexOf(node), inside,
  style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, node.outerHTML.slice(0, 90)];
"""
BROKEN = """
return [...document.querySelectorAll('th, td')].flatMap(cell => {
  const text = cell.firstChild, range = document.createRange();
  if (!text || text.nodeType !== 3 || !cell.checkVisibility()) return [];
  return [...text.data.matchAll(/[^\s-]+/g)].filter(word => {
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
  }).map(word => word[0]);
});
"""
# Whoever follows a link comes to a sentence that is shown, though the filter had hidden it.
FOLLOWED = """
const links = [...document.querySelectorAll('#ledger a')].filter(link => link.checkVisibility());
const goal = link => document.getElementById(link.getAttribute('href').slice(1));
const dead = links.filter(link => !goal(link).checkVisibility());
const still = dead.slice(0, 1).filter(link => (link.click(), !goal(link).checkVisibility()));
return still.length ? [dead.length, links.length, still[0].textContent] : null;
"""
SHOWN = """
const shown = node => node.checkVisibility();
return {documents: [...document.querySelectorAll('.document')].filter(shown).map(node => node.id),
  sentences: [...document.querySelectorAll('.document ol > li')].filter(shown).map(node => node.id),
  matters: [...document.querySelectorAll('.matter')].filter(shown).map(node => node.querySelector('h3').textContent),
  said: document.querySelector('[role=status]').textContent};
"""


class Browser:
    """One Chromium without a window, with or without JavaScript."""

    def __init__(self, javascript=True):
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        if not javascript:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        options.set_capability("unhandledPromptBehavior", "ignore")
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        self.driver.set_script_timeout(300)
        self.run = self.driver.execute_script
        self.differences = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, page):
        self.driver.get_log("browser"), self.driver.get_log("performance")
        self.page = Path(page).resolve().as_uri()
        self.driver.get(self.page)
        return self

    def differ(self, *differences):
        self.differences += differences

    def screen(self, name_or_width, dark=False):
        width, height, mobile = SCREENS.get(name_or_width) or (name_or_width, 900, name_or_width < 600)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "screen", "features": [scheme]})

    def markers(self):
        """The numbers that stand before the sentences, as a screen reader reads them."""
        # What is far off the screen is not laid out.
        self.run("document.querySelector('.document:not([hidden]) li:not([hidden])')?.scrollIntoView()")
        self.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        nodes = self.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        names = [node.get("name", {}).get("value", "") for node in nodes if node["role"]["value"] == "ListMarker"]
        return [name.strip(". ") for name in names if name.strip(". ").isdigit()]

    def details(self, opened):
        self.run("for (const node of document.querySelectorAll('details')) node.open = arguments[0]", opened)

    # Silence.

    def quiet(self):
        """No line on the console, no dialog, no request but the one for the file, no script but the page's own."""
        if self.dialog():
            return
        for line in self.driver.get_log("browser"):
            self.differ(f"console: {line['level']} {line['message']}")
        for line in self.driver.get_log("performance"):
            event = json.loads(line["message"])["message"]
            address = event["params"].get("request", {}).get("url") or event["params"].get("url", "")
            asks = event["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")
            if asks and address.split("#")[0] != self.page:
                self.differ(f"network: {event['method']} {address[:200]}")
        if self.run(MARKER) is not None:
            self.differ(f"a script of the text ran: {self.run(MARKER)}")

    def dialog(self):
        try:
            text = self.driver.switch_to.alert.text
        except Exception:
            return False
        self.differ(f"dialog: {text}")
        self.driver.switch_to.alert.dismiss()
        return True

    # Accessibility.

    def axe(self):
        """No violation on phone and desktop, in light and dark, with details closed and open; the number of checks."""
        self.run(AXE.read_text("utf-8"))
        self.run("for (const node of document.querySelectorAll('.document')) node.style.contentVisibility = 'visible'")
        call = """const done = arguments[arguments.length - 1];
          axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations', 'incomplete']})
            .then(done, error => done({error: String(error)}));"""
        passed = 0
        for screen in SCREENS:
            for dark in (False, True):
                for opened in (False, True):
                    self.screen(screen, dark)
                    self.details(opened)
                    found = self.driver.execute_async_script(call, RULES)
                    place = f"axe, {screen}, {'dark' if dark else 'light'}, details {'open' if opened else 'closed'}"
                    if "error" in found:
                        return self.differ(f"{place}: {found['error']}") or passed
                    ran = {rule["id"] for kind in ("passes", "violations", "incomplete") for rule in found[kind]}
                    if not {"color-contrast", "target-size", "region", "heading-order"} <= ran:
                        self.differ(f"{place}: color-contrast, target-size, region or heading-order was not asked")
                    passed += len(ran)
                    for rule in found["violations"]:
                        for node in rule["nodes"][:5]:
                            facts = node["any"] + node["all"] + node["none"]
                            why = "; ".join(fact["message"] for fact in facts)
                            self.differ(f"{place}: {rule['id']}, {len(rule['nodes'])} nodes: {node['target']}: {why}")
                    unsure = [rule for rule in found["incomplete"] if rule["id"] == "color-contrast"]
                    selectors = [node["target"][0] for rule in unsure for node in rule["nodes"]]
                    self.differ(*(f"{place}: {difference}" for difference in self.run(CONTRAST, selectors)[:10]))
        self.details(False)
        return passed

    def widths(self):
        """The page itself never scrolls sideways, and nothing sticks out of a box that does not scroll."""
        for width in (320, 390, 1280):
            self.screen(width)
            for opened in (False, True):
                self.details(opened)
                room = self.run("""const page = document.scrollingElement;
                  return [page.scrollWidth, page.clientWidth, Math.round(visualViewport.width)]""")
                low = self.run("""const low = node => Math.max(...[...node.querySelectorAll('.lanes span')].map(span =>
                  Math.max(...[...span.getClientRects()].map(box => box.bottom))));
                  return [...document.querySelectorAll('.document ol > li:has(details)')].filter(item =>
                    low(item) > item.querySelector('summary').getBoundingClientRect().top + 1).map(item => item.id)""")
                broken = self.run(BROKEN)
                if broken:
                    self.differ(f"{width} px: {len(broken)} words of tables are broken over lines: {broken[:8]}")
                if low:
                    self.differ(f"{width} px: the lanes of {len(low)} sentences run into the line below: {low[:3]}")
                if room[0] > room[1] or room[1] > width or room[2] > width:
                    self.differ(f"{width} px: the page is {room[0]} wide in {room[1]} ({room[2]} seen)")
        self.details(False)

    # Keyboard.

    def keyboard(self):
        """Tab comes to the skip link first, then to everything that can be operated, each time visibly."""
        self.screen("desktop")
        self.driver.get(self.page)
        due = self.run(
            """return [...document.querySelectorAll(arguments[0])].map((node, place) => [place, node])
          .filter(([_, node]) => node.checkVisibility({contentVisibilityAuto: false})).map(([place]) => place)""",
            TABBABLE,
        )
        reached = []
        for _ in range(len(due) + 20):
            webdriver.ActionChains(self.driver, duration=0).send_keys(Keys.TAB).perform()
            focused = self.run(FOCUSED, TABBABLE)
            if focused is None or focused[0] in reached:
                break
            place, seen, marked, html = focused
            if not reached:
                self.skip(html)
            reached.append(place)
            if not seen or not marked:
                self.differ(f"keyboard: {'not marked as' if seen else 'off the screen while'} focused: {html}")
        if reached != due:
            missing = [place for place in due if place not in reached]
            self.differ(
                f"keyboard: {len(reached)} of {len(due)} reached, not {missing[:9]}; order: {reached == sorted(reached)}"
            )
        return len(reached)

    def skip(self, html):
        target = self.run("return (document.activeElement.getAttribute('href') || '').slice(1)")
        if 'class="skip"' not in html or not self.run("return !!document.getElementById(arguments[0])", target):
            self.differ(f"keyboard: Tab comes to {html} first, which is no skip link with a target")

    # The filter.

    def type(self, text):
        field = self.driver.find_element(By.CSS_SELECTOR, ".filter input[type=search]")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text or Keys.BACKSPACE)
        return self.run(SHOWN)

    def filter(self, truth):
        """Words of one document hide all others, the box leaves what annotators differ in, clearing brings all back."""
        self.driver.get(self.page)
        everything = self.run(SHOWN)
        if set(everything["sentences"]) != set(truth.sentences) or len(everything["documents"]) != len(truth.shown):
            self.differ(
                f"filter: at first {len(everything['sentences'])} sentences of {len(truth.sentences)} are shown"
            )
        for document, words, sentences in truth.only_there():
            shown = self.type(words.upper())
            if shown["documents"] != [f"d-{document}"] or not set(sentences) <= set(shown["sentences"]):
                self.differ(f"filter: {words!r} of {document} shows {shown['documents']}, {shown['sentences'][:5]}")
            if str(len(shown["sentences"])) not in shown["said"]:
                self.differ(f"filter: {len(shown['sentences'])} sentences, but it says {shown['said']!r}")
            due = [place.rpartition("-")[2] for place in shown["sentences"]]
            # The tree of what a screen reader reads is built a little later than the page.
            numbered = next((found for found in (self.markers() for _ in range(5)) if found == due), self.markers())
            if numbered != due:
                self.differ(f"filter: {words!r}: the sentences {due} are numbered {numbered}")
        nothing = self.type("words that stand nowhere at all")
        if nothing["documents"] or nothing["sentences"] or nothing["matters"] or not nothing["said"]:
            self.differ(f"filter: words that stand nowhere show {nothing['documents'][:3]}, {nothing['matters'][:3]}")
        if self.type("") != everything:
            self.differ("filter: not everything comes back when the words are cleared")
        box = self.driver.find_element(By.CSS_SELECTOR, ".filter input[type=checkbox]")
        box.send_keys(Keys.SPACE)
        left = self.run(SHOWN)["sentences"]
        if set(left) != truth.differing or len(left) != len(truth.differing):
            self.differ(f"filter: the box leaves {len(left)} sentences; annotators differ in {len(truth.differing)}")
        dead = self.run(FOLLOWED)
        if dead:
            self.differ(
                f"filter: {dead[0]} of {dead[1]} links shown in the ledger lead to a hidden sentence: {dead[2]}"
            )
            self.driver.get(self.page)
            box = self.driver.find_element(By.CSS_SELECTOR, ".filter input[type=checkbox]")
            box.send_keys(Keys.SPACE)
        if box.is_selected():
            box.send_keys(Keys.SPACE)
        if self.run(SHOWN) != everything:
            self.differ("filter: not everything comes back when the box is cleared")

    # Paper, pictures, time.

    def printed(self):
        """On paper as well every sentence stands, as text."""
        everything = len(self.run("return [...document.querySelectorAll('.document ol > li')]"))
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        if len(shown := self.run(SHOWN)["sentences"]) != everything:
            self.differ(f"print: {len(shown)} sentences of {everything}")
        pdf = base64.b64decode(self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"])
        if len(pdf) <= 10_000 or b"/ToUnicode" not in pdf:
            self.differ(f"print: {len(pdf)} bytes, {'with' if b'/ToUnicode' in pdf else 'without'} text")
        return pdf

    def pictures(self, folder, document, sentence):
        for screen in SCREENS:
            for dark in (False, True):
                self.screen(screen, dark)
                self.driver.get(self.page)
                for name in ("summary", "agreement", "ledger", "documents", f"d-{document}", sentence):
                    self.run(
                        """const node = document.getElementById(arguments[0]);
                      node.scrollIntoView();
                      for (const inner of node.querySelectorAll('details')) inner.open = arguments[1]""",
                        name,
                        name == sentence,
                    )
                    time.sleep(0.15)
                    self.run("document.getElementById(arguments[0]).scrollIntoView()", name)
                    if name == "summary":
                        self.run("scrollTo(0, 0)")
                    place = "sentence" if name == sentence else "document" if name.startswith("d-") else name
                    self.driver.save_screenshot(str(folder / f"{screen}-{'dark' if dark else 'light'}-{place}.png"))

    def seconds(self, page):
        """From the start of the navigation to the load event and the first paint, whichever is later; median of 5."""
        times = []
        for _ in range(5):
            self.driver.get("about:blank")
            self.open(page)
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline:
                first = self.run("""const [all] = performance.getEntriesByType('navigation');
                  const paint = performance.getEntriesByName('first-contentful-paint')[0];
                  return paint && all.loadEventEnd ? [all.loadEventEnd, paint.startTime] : null""")
                if first:
                    break
                time.sleep(0.05)
            times.append(max(first) / 1000 if first else 99)
        return statistics.median(times)
