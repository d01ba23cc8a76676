"""`broadsheet serve` as a process: what it answers, and what may happen to it while it runs."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import ARTICLE, CONFIG, tree, write_site
from tests.previewing import SOON, Preview, preview
from tests.running import run

FILES: dict[str, str | bytes] = {
    "content/one.md": ARTICLE,
    "content/draft.md": ARTICLE.replace("date:", "draft: true\ndate:"),
    "content/later.md": ARTICLE.replace("2026-11-23", "2026-11-30"),
}
ONE = "2026/11/one/"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with preview(write_site(tmp_path_factory.mktemp("serve"), FILES)) as made:
        yield made


@pytest.fixture
def standing(served: Preview) -> Iterator[Preview]:
    """The server of this file, whose site is as it was afterwards."""
    yield served
    for name, data in {"config.yaml": CONFIG, **FILES}.items():
        served.save(name, data)
    served.heard("built")
    end = time.monotonic() + SOON
    while not served.quiet():
        assert time.monotonic() < end


def until(holds: object, message: str = "") -> None:
    end = time.monotonic() + SOON
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, message
        time.sleep(0.02)


def test_the_site_stands_under_its_own_path(served: Preview):
    assert served.url.endswith("/sheet/")
    status, headers, body = served.get(ONE)
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Cache-Control"] == "no-store"
    assert f'rel="canonical" href="{served.url}{ONE}"'.encode() in body
    for path in ("/", "/sheet"):
        assert (served.get(path)[0], served.get(path)[1]["Location"]) == (302, "/sheet/")
    assert served.get("2026/11/one")[1]["Location"] == "/sheet/2026/11/one/"
    assert served.get("/elsewhere/")[0] == 404


def test_what_is_not_there_is_answered_with_the_sites_own_page(served: Preview):
    status, _, body = served.get("nothing/")
    assert (status, b"A link promised a page that is not here" in body) == (404, True)


def test_head_parts_and_other_methods(served: Preview):
    status, whole, body = served.get("feed.xml", "HEAD")
    assert (status, body) == (200, b"")
    status, headers, body = served.get("feed.xml", Range="bytes=0-4")
    assert (status, body) == (206, b"<?xml")
    assert headers["Content-Range"] == f"bytes 0-4/{whole['Content-Length']}"
    assert served.get("feed.xml", Range="bytes=0-4", If_Range='"x"')[0] == 200
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (served.get(ONE, method)[0], served.get(ONE, method)[1]["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "127.0.0.1.nip.io:8000", "[", "192.168.0.7"]
)
def test_a_name_that_is_not_this_machines_is_refused(served: Preview, host: str):
    status, _, body = served.get(ONE, Host=host)
    assert status == 403
    assert b"Corvane" not in body
    assert served.get("/.broadsheet/live", Host=host)[0] == 403


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:8000", "digest.localhost"]
)
def test_names_of_this_machine_are_answered(served: Preview, host: str):
    assert served.get(ONE, Host=host)[0] == 200


def test_the_site_for_readers_is_left_alone(tmp_path: Path):
    folder = write_site(tmp_path, FILES)
    assert run("build", folder).returncode == 0
    before = tree(folder / "site")
    with preview(folder) as made:
        assert made.get("2026/11/draft/")[0] == 200
        assert made.end()[0] == 0
    assert tree(folder / "site") == before
    assert run("build", folder).returncode == 0
    assert tree(folder / "site") == before


def test_drafts_and_what_is_dated_ahead_can_be_left_out(tmp_path: Path):
    with preview(write_site(tmp_path, FILES), "--no-drafts", "--no-future") as made:
        assert made.get(ONE)[0] == 200
        assert made.get("2026/11/draft/")[0] == 404
        assert made.get("2026/11/later/")[0] == 404


def test_a_build_may_run_meanwhile(standing: Preview):
    assert run("build", standing.folder).returncode == 0
    standing.save("content/one.md", ARTICLE.replace("in May", "in June"))
    standing.heard("built")
    assert b"in June" in standing.get(ONE)[2]
    assert b"in May" in (standing.folder / "site" / ONE / "index.html").read_bytes()


def test_a_folder_is_served_once(served: Preview):
    done = run("serve", served.folder)
    assert done.returncode == 1
    assert f"this site is being served already: {served.url}" in done.stderr


def test_what_is_no_site_is_told(tmp_path: Path):
    done = run("serve", tmp_path)
    assert done.returncode == 1
    assert "there is no config.yaml" in done.stderr
    assert not (tmp_path / ".cache").exists()
    assert run("serve", tmp_path / "nowhere").returncode == 1
    assert run("serve", tmp_path, "--port", "99999").returncode == 2


def test_a_port_that_is_taken(tmp_path: Path):
    folder = write_site(tmp_path, FILES)
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = run("serve", folder, "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "is taken" in done.stderr
    assert "leave --port out" in done.stderr
    assert "192.0.2.1, port 8000" in run("serve", folder, "--host", "192.0.2.1").stderr  # not of this machine


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_without_a_trace(tmp_path: Path, how: signal.Signals):
    with preview(write_site(tmp_path, FILES)) as made:
        stream = socket.create_connection(("127.0.0.1", int(made.url.split(":")[2].split("/")[0])))
        stream.sendall(b"GET /.broadsheet/live?page=/sheet/&look= HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"data: " in stream.recv(4096) + stream.recv(4096)
        assert made.end(how) == (0, "")
        stream.close()
        with pytest.raises(ConnectionRefusedError):
            made.get()
        children = subprocess.run(
            ["pgrep", "-f", str(made.folder)], capture_output=True, text=True, check=False
        )
        assert children.stdout == ""


def test_a_mistake_leaves_the_site_and_is_told(standing: Preview):
    standing.save("content/one.md", ARTICLE.encode() + b"\xff\xfe")
    (problem,) = standing.heard("failed")["problems"]
    assert (problem["path"], problem["code"]) == ("content/one.md", "not-utf-8")
    assert standing.get(ONE)[0] == 200


def test_a_site_that_is_wrong_from_the_start_is_shown_once_it_is_mended(tmp_path: Path):
    with preview(write_site(tmp_path, {"content/one.md": "<b>no front matter</b>"})) as made:
        status, headers, body = made.get(ONE)
        assert (status, headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        assert b"content/one.md:1:1" in body
        assert b"&lt;b&gt;no front matter" in body.replace(b"<mark>", b"").replace(b"</mark>", b"")
        made.save("content/one.md", ARTICLE)
        made.heard("built")
        assert made.get(ONE)[0] == 200


def test_half_a_save_is_not_told_of(standing: Preview):
    file = standing.folder / "content" / "one.md"
    standing.save("content/one.md", "")
    time.sleep(0.05)
    file.write_text(ARTICLE.replace("in May", "in June"), encoding="utf-8")
    assert standing.said.get(timeout=SOON)["event"] == "built"
    until(lambda: b"in June" in standing.get(ONE)[2])


def test_editors_leave_nothing_to_build(standing: Preview):
    content = standing.folder / "content"
    standing.save("content/.one.md.swp", "x")
    for name in ("one.md~", "4913", "#one.md#", ".goutputstream-1"):
        (content / name).write_text("x", encoding="utf-8")
        (content / name).unlink()
    (content / ".one.md.swp").unlink()
    assert standing.quiet()
    # Most write beside the file and put the new one in its place.
    (content / ".one.md.new").write_text(ARTICLE.replace("in May", "in July"), encoding="utf-8")
    (content / ".one.md.new").replace(content / "one.md")
    assert standing.heard("built")["changed"] == [str(content.resolve() / "one.md")]
    assert b"in July" in standing.get(ONE)[2]


def test_content_that_is_taken_away_and_comes_back(standing: Preview):
    content, aside = standing.folder / "content", standing.folder / "aside"
    standing.hush()
    content.rename(aside)
    assert standing.heard("failed")["problems"][0]["code"] == "missing-content"
    assert standing.get(ONE)[0] == 200
    shutil.copytree(aside, content)
    standing.heard("built")
    (content / "one.md").write_text(ARTICLE.replace("in May", "in August"), encoding="utf-8")
    until(lambda: b"in August" in standing.get(ONE)[2])
    shutil.rmtree(aside)


def test_a_site_that_is_deleted_is_built_again(standing: Preview):
    shutil.rmtree(standing.folder / ".cache")
    assert standing.get(ONE)[0] == 503
    standing.heard("built")
    assert standing.get(ONE)[0] == 200


def test_the_address_may_change_while_it_runs(standing: Preview):
    standing.save("config.yaml", CONFIG.replace("/sheet/", "/paper/"))
    standing.heard("built")
    assert standing.get("/paper/" + ONE)[0] == 200
    assert standing.get("/sheet/" + ONE)[1]["Location"] == "/paper/" + ONE
    standing.save("config.yaml", CONFIG.replace("url:", "uri:"))
    assert standing.heard("failed")["problems"]
    assert standing.get("/paper/" + ONE)[0] == 200
    standing.save("config.yaml", CONFIG.replace("sheet/", ""))
    standing.heard("built")
    assert standing.get("/" + ONE)[0] == 200
    assert standing.get("/paper/" + ONE)[1]["Location"] == "/" + ONE


def test_templates_may_come_and_go(standing: Preview):
    standing.save("templates/_footer.html", "<footer>Printed at home</footer>")
    until(lambda: b"Printed at home" in standing.get(ONE)[2])
    standing.save("templates/_footer.html", "{% if %}")
    assert standing.heard("failed")["problems"][0]["code"] == "template-syntax"
    shutil.rmtree(standing.folder / "templates")
    until(lambda: b"Printed at home" not in standing.get(ONE)[2])


def test_nothing_leads_out_of_the_site(standing: Preview):
    secret = standing.folder / "secret.txt"
    secret.write_text("the source's name", encoding="utf-8")
    site = standing.folder / ".cache" / "preview" / "site"
    (site / "linked.txt").symlink_to(secret)
    for path in (
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "..\\secret.txt",
        "linked.txt",
        ".broadsheet.json",
        "%00",
        "%ff",
        "a" * 300,
        "//etc/passwd",
    ):
        status, _, body = standing.get(f"/sheet/{path}")
        assert (status, b"source's name" in body) == (404, False), path
    (site / "linked.txt").unlink()
