"""`porch present 1 --page`: a class that sees no code, ten at once, and nothing beside it."""

import contextlib
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:")
VIEWERS = 10
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"


@pytest.fixture(scope="module")
def served(chromium, page_without_code, tmp_path_factory):
    """The page with ten places: its address and its folder."""
    into = tmp_path_factory.mktemp("build")
    with page_without_code(into, VIEWERS) as (address, said):
        assert any(f"All {VIEWERS} places are ready" in line for line in said)
        (folder,) = (into / "present").iterdir()
        yield address, folder


@pytest.fixture(scope="module")
def viewers(browser, served):
    """Ten viewers who opened the page at the same moment, each in a browser of their own."""
    address, _ = served
    outside, pages = [], []
    for _ in range(VIEWERS):
        page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda one: None if LOCAL.match(one.url) else outside.append(one.url))
        pages.append(page)
    for page in pages:
        page.goto(address, wait_until="commit")
    for page in pages:
        slider(page, "steps up online").wait_for(timeout=60_000)
    yield pages
    assert not outside, f"requests left the machine: {outside}"


def slider(page, label):
    row = page.locator(".widget-inline-hbox", has=page.locator(".widget-label", has_text=label))
    return row.locator(".noUi-handle").first


def asked(served, path, token=True, host=None):
    """What the server answers to a request: its status and its text."""
    parts = urllib.parse.urlsplit(served[0])
    query = f"?{parts.query}" if token else ""
    request = urllib.request.Request(f"http://{parts.netloc}{path}{query}")
    if host:
        request.add_header("Host", host)
    opener = urllib.request.build_opener(NoRedirect())
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with contextlib.closing(error):
            return error.code, error.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def test_ten_viewers_have_the_whole_lesson_each(viewers):
    for page in viewers:
        assert page.locator("img").count() >= 6  # results wait for a prediction
        assert page.get_by_text("Verdict on claim C-2.2: Mixed.").count() == 1


# The look-ups of the first 1.85 seconds find nothing; then the page is busy, and the model comes.
LATE = """async () => {
  const manager = '@jupyter-widgets/jupyterlab-manager';
  const { LabWidgetManager } = (await window._JUPYTERLAB[manager].get('./extension'))();
  const one = Object.create(LabWidgetManager.prototype);
  one._models = {};
  const found = one.get_model('late').catch((error) => error.message);
  await new Promise((resolve) => setTimeout(resolve, 1850));
  const until = performance.now() + 400;
  while (performance.now() < until);
  one._models.late = Promise.resolve('drawn');
  return await found;
}"""


def test_a_control_that_comes_as_the_page_gives_up_is_drawn(viewers):
    assert viewers[0].evaluate(LATE) == "drawn"


def test_the_eleventh_is_told_so_and_does_not_hang(viewers, served):
    begun = time.monotonic()
    status, told = asked(served, "/")
    assert status == 503 and f"All {VIEWERS} places are taken" in told
    assert '<html lang="en">' in told and "Traceback" not in told
    assert time.monotonic() - begun < 20


def test_a_slider_changes_the_picture_of_its_viewer_alone(viewers):
    mine, other = viewers[:2]
    pictures = [one.locator('img[alt^="strangers who reached friend"]') for one in (mine, other)]
    before = [one.get_attribute("src") for one in pictures]
    handle = slider(mine, "steps up online")
    handle.scroll_into_view_if_needed()
    handle.focus()
    mine.keyboard.press("ArrowRight")
    mine.wait_for_function(
        """old => document.querySelector('img[alt^="strangers who reached friend"]').src !== old""",
        arg=before[0],
    )
    assert pictures[1].get_attribute("src") == before[1]


def test_each_viewers_prediction_is_their_own(viewers, served):
    for place, page in enumerate(viewers[:2], start=1):
        for label in ("3 hours", "half a day", "a day", "a week", "a month"):
            row = page.locator(".widget-inline-hbox")
            name = page.locator(".widget-label").get_by_text(label, exact=True)
            row.filter(has=name).locator(".noUi-handle").first.focus()
            for _ in range(10 * place + 1):  # the first step leaves "not set"
                page.keyboard.press("ArrowRight")
        page.get_by_title("Record prediction 1.curve").click()
        page.get_by_text("Now look at the result.").first.wait_for()
        page.get_by_role("button", name="Show the result").first.click()
        wanted = f"Prediction 1.curve: {10 * place}, {10 * place}"
        page.locator(f'img[alt*="{wanted}"]').wait_for()
    kept = sorted((served[1] / "viewers").glob("*/my-answers.json"))
    entries = [json.loads(one.read_text(encoding="utf-8"))["entries"] for one in kept]
    assert [[one["kind"] for one in found] for found in entries] == [["prediction", "reveal"]] * 2
    values = [found[0]["value"] for found in entries]
    assert sorted(values) == [[10] * 5, [20] * 5]
    assert not (served[1] / "lesson" / "my-answers.json").exists()


def test_no_source_is_shown_or_sent(viewers):
    shown = viewers[2]
    assert shown.locator(".jp-InputArea-editor, .highlight, .cm-editor").count() == 0
    sent = shown.content()
    for code in (
        "import __version__",
        "look.show(ax)",
        "met_again[",
        "%%capture",
        "deepening.fit(",
    ):
        assert code not in sent, code
    assert "ready: Front Porch" not in sent
    assert "To the instructor" not in sent


def test_the_page_is_legible_and_named(viewers):
    page = viewers[2]
    assert page.title() == "Do strangers become close faster online?"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1 and page.locator("h2").count() > 8
    for what in ("main p", "main td", "main .widget-label", "main li", "main button"):
        assert page.locator(what).first.evaluate(SIZE) >= 18, what
    for image in page.locator("img").all():
        assert len(image.get_attribute("alt")) > 20
        assert image.bounding_box()["width"] <= 1280


def test_everybody_can_use_the_page(viewers, barriers):
    assert barriers(viewers[3]) == {}


def test_nothing_is_served_without_the_token(served):
    for path in ("/", "/places"):
        assert asked(served, path, token=False)[0] in (302, 403)


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/picture.png",
        "/voila/files/../server.log",
        "/voila/files/",
        "/voila/query/a-b-c-d-e",
        "/01_do_strangers_become_close_faster_online.ipynb",
        "/api/contents",
        "/api/kernels",
        "/voila/tree",
        "/voila/render/x.ipynb",
        "/voila/templates/",
        "/voila/templates/lab",
        "/voila/templates/lab/x/y",
        "/voila/templates/lab/static/%00",
        "/voila/labextensions/%00",
        "/voila/api/themes/",
    ],
)
def test_nothing_is_served_beside_the_lesson(served, path):
    status, told = asked(served, path)
    assert status == 404 and "Traceback" not in told


def test_another_name_for_this_machine_is_refused(served):
    assert asked(served, "/", host="example.org")[0] == 403


def test_an_error_in_a_kernel_does_not_reach_the_viewer(viewers):
    page = viewers[4]
    # What the page itself may send: a message that the kernel cannot make sense of.
    got = page.evaluate(
        """async () => {
          const told = JSON.parse(document.getElementById('jupyter-config-data').textContent);
          const address = `${location.origin.replace('http', 'ws')}/api/kernels/${told.kernelId}`;
          const line = new WebSocket(`${address}/channels`);
          await new Promise(done => { line.onopen = done; });
          const got = [];
          line.onmessage = one => got.push(typeof one.data === 'string' ? one.data : 'bytes');
          const send = (kind, content) => line.send(JSON.stringify({
            channel: 'shell', content, metadata: {}, parent_header: {},
            header: {msg_id: kind, msg_type: kind, session: 's', username: '', version: '5.3',
                     date: new Date().toISOString()},
          }));
          send('execute_request', {code: 'print(41 + 1)', silent: false});
          send('comm_open', {comm_id: 'x', target_name: 'jupyter.widget', data: {state: 3}});
          send('kernel_info_request', {});
          await new Promise(done => setTimeout(done, 2000));
          line.close();
          return got;
        }"""
    )
    kinds = [json.loads(one)["header"]["msg_type"] for one in got if one != "bytes"]
    assert "kernel_info_reply" in kinds
    assert not {"error", "stream", "execute_reply", "execute_result"} & set(kinds)
    assert not [one for one in got if "Traceback" in one]


def test_a_viewer_who_leaves_makes_room(viewers, served, browser):
    viewers[-1].close(run_before_unload=True)
    deadline = time.monotonic() + 60
    while json.loads(asked(served, "/places")[1])["free"] < 1:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    page = browser.new_context().new_page()
    page.goto(served[0], wait_until="commit")
    slider(page, "steps up online").wait_for(timeout=60_000)
    page.close(run_before_unload=True)


def test_the_place_of_a_viewer_who_is_gone_without_a_word_is_given_to_the_next(
    viewers, served, browser
):
    viewers[-2].close()
    begun = time.monotonic()
    while json.loads(asked(served, "/places")[1])["free"] < 1:
        assert time.monotonic() - begun < 30
        time.sleep(0.5)
    page = browser.new_context().new_page()
    page.goto(served[0], wait_until="commit")
    slider(page, "steps up online").wait_for(timeout=90_000)
    page.close(run_before_unload=True)
