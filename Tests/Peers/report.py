"""Holds the page that `report` writes to the program's other commands, in Chromium, with axe-core.

Usage: report.py GAINSAY WORKSPACE FOLDER

WORKSPACE is a copy of the sample corpus: two more workspaces are made in it. FOLDER is made where it is not there;
pictures of the page are written to it. The page must be silent, ask for nothing, be accessible, say what `show`,
`agree`, `compare` and `ledger` say, with and without JavaScript, show hostile text as text, and open quickly.
"""

import importlib.util
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from peers import Gainsay, finish

for module in ("selenium", "axe_playwright_python"):
    if importlib.util.find_spec(module) is None:
        print(f"skipped: the Python module {module} is missing")
        sys.exit(77)
for program in ("chromium", "chromedriver"):
    if shutil.which(program) is None:
        print(f"skipped: the program {program} is missing")
        sys.exit(77)

from report_browser import Browser
from report_figures import Figures
from report_made import ABSENT, MATTER, NOTE, SOURCE, SPEAKER, TITLE, hostile, many
from report_text import Contents, Source, Truth, plain

SECONDS = 2


def report(gainsay, *options):
    """The page, written twice: both have the same bytes."""
    pages = [gainsay.workspace / f"{name}.html" for name in ("page", "again")]
    for page in pages:
        gainsay.output("report", "--to", str(page), *options)
    differ = [] if pages[0].read_bytes() == pages[1].read_bytes() else ["two runs of report differ"]
    return pages[0], differ


def sample(page, truth, folder):
    """The differences of the page of the sample corpus, and what was counted."""
    differences = Source(page.read_text("utf-8")).differences
    with Browser(javascript=False) as browser:
        browser.open(page).quiet()
        contents = Contents(browser, truth)
        figures = Figures(contents.page, truth)
        differences += [f"without JavaScript: {difference}" for difference in browser.differences]
        differences += contents.differences + figures.differences
    with Browser() as browser:
        browser.open(page).quiet()
        browser.widths()
        stops = browser.keyboard()
        browser.filter(truth)
        rules = browser.axe()
        browser.open(page)
        (folder / "print.pdf").write_bytes(browser.printed())
        browser.pictures(folder, list(truth.shown)[0], next(iter(truth.sentences)).rpartition("-")[0] + "-4")
        browser.quiet()
        differences += browser.differences
    counts = contents.counts
    return differences, (
        f"{counts['sentences']} sentences, {counts['spans']} spans, {counts['statements']} statements, "
        f"{figures.count} numbers, {stops} stops of the Tab key, {rules} rules of axe asked"
    )


def attack(gainsay):
    """The differences of a page whose every text is hostile."""
    made = hostile(gainsay)
    page, differences = report(made, f"--title={TITLE}")
    truth, source = Truth(made), page.read_text("utf-8")
    differences += Source(source).differences
    for name in (TITLE, SOURCE, SPEAKER, MATTER, NOTE, ABSENT):
        if name in source:
            differences.append(f"source: {name!r} stands in it as it is")
    with Browser(javascript=False) as browser:
        browser.open(page).quiet()
        contents = Contents(browser, truth, TITLE)
        differences += contents.differences + browser.differences
        text = plain(browser.run("return document.body.textContent"))
        differences += [
            f"{name!r} is not shown"
            for name in (TITLE, SOURCE, SPEAKER, MATTER, NOTE, ABSENT)
            if plain(name) not in text
        ]
    with Browser() as browser:
        browser.open(page).quiet()
        browser.widths()
        browser.filter(truth)
        browser.axe()
        browser.quiet()
        differences += browser.differences
    return [f"hostile: {difference}" for difference in differences]


def scale(gainsay):
    """The differences of a page of 200 documents, its size and the seconds until it is open."""
    made = many(gainsay)
    print(made.output("check").strip())
    page = made.workspace / "page.html"
    made.output("report", "--to", str(page), "--bootstrap", "0")
    with Browser() as browser:
        # What else the machine does makes it slower, never faster.
        seconds = browser.seconds(page)
        for _ in range(2):
            seconds = seconds if seconds < SECONDS else min(seconds, browser.seconds(page))
        browser.quiet()
        differences = browser.differences
    size = f"{page.stat().st_size / 1e6:.1f} MB of 200 documents open in {seconds:.2f} s"
    if seconds >= SECONDS:
        differences.append(f"{size}, more than {SECONDS} s")
    return [f"many: {difference}" for difference in differences], size


def main():
    if len(sys.argv) != 4:
        sys.exit(f"usage: {sys.argv[0]} GAINSAY WORKSPACE FOLDER")
    gainsay, folder = Gainsay(sys.argv[1:3]), Path(sys.argv[3]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    page, differences = report(gainsay)
    of_sample, counted = sample(page, Truth(gainsay), folder)
    of_many, size = scale(gainsay)
    finish(differences + of_sample + attack(gainsay) + of_many, f"{counted}; {size}")


if __name__ == "__main__":
    main()
