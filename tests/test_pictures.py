from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.pictures import MOST_PIXELS, Picture, measure

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'


def raster(kind: str, size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, kind, **options)  # type: ignore[arg-type]
    return data.getvalue()


def svg(attributes: str = 'width="30" height="20"', inside: str = "") -> bytes:
    return SVG.format(attributes, inside).encode()


WHOLE = {kind: raster(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF")} | {"SVG": svg()}


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
    ],
)
def test_raster_pictures(kind: str, type_: str):
    assert measure(raster(kind)) == Picture(30, 20, type_)


def test_a_photograph_with_more_pictures_behind_it_is_a_jpeg():
    more = [Image.new("RGB", (3, 2))]
    assert measure(raster("MPO", save_all=True, append_images=more)) == Picture(30, 20, "image/jpeg")


@pytest.mark.parametrize("orientation", [1, 3, 9])
def test_a_photograph_that_stands_upright_keeps_its_sides(orientation: int):
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert measure(raster("JPEG", exif=exif)) == Picture(30, 20, "image/jpeg")


def test_damaged_exif_data_is_passed_over():
    assert measure(raster("JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xffno")) == Picture(30, 20, "image/jpeg")


def test_a_photograph_on_its_side_is_measured_as_shown():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert measure(raster("JPEG", exif=exif)) == Picture(20, 30, "image/jpeg")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30px" height="1in"', (30, 96)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('width="600" viewBox="0 0 300 200"', (600, 400)),
        ('height="4e2" viewBox="-5,-5,300,200"', (600, 400)),
        ('width="30" height="20" viewBox="nonsense"', (30, 20)),
        ('width=".2" height="20"', (1, 20)),
        ('width="100%" height="100%" viewBox="0 0 12.4 7"', (12, 7)),
    ],
)
def test_svg_measures(attributes: str, size: tuple[int, int]):
    made = measure(svg(attributes))
    assert (made.width, made.height, made.type) == (*size, "image/svg+xml")


@pytest.mark.parametrize(
    "data",
    [
        svg(inside="<script>alert(1)</script>"),
        svg('width="1" height="1" onload="alert(1)"'),
        svg(inside='<a xlink:href="javascript:alert(1)"><path/></a>'),
        svg(inside="<foreignObject/>"),
        svg(inside='<image href="https://x.example/p.png"/>'),
        svg(inside='<use href="other.svg#x"/>'),
        svg(inside='<rect fill="url(https://x.example/#a)"/>'),
        svg(inside='<set attributeName="href" to="javascript:alert(1)"/>'),
        svg(inside='<image href="data:image/svg+xml,%3Csvg/%3E"/>'),
        svg(inside='<a href="java&#10;script:alert(1)"/>'),
        svg(inside='<a><set attributeName="xlink:href" to="#b"/></a>'),
        svg(inside='<set attributeName="x" to=" java&#10;script:alert(1)"/>'),
        svg(inside='<g xml:base="https://x.example/"><use href="#a"/></g>'),
        svg(inside='<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
        svg(inside='<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh"/>'),
        svg(inside="<style>@import url(https://x.example/a.css);</style>"),
        svg(inside="<style>@imp<![CDATA[ort 'https://x.example/a.css']]>;</style>"),
        svg(inside="<style>a { fill: \\75rl(https://x.example/) }</style>"),
        svg(inside="<style>a { fill: url( 'https://x.example/' ) }</style>"),
        svg('width="1" height="1" style="background: image-set(&quot;https://x.example/&quot; 1x)"'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg(),
        b'<?xml-stylesheet href="https://x.example/a.css"?>' + svg(),
        svg(""),
        svg('width="9e999" height="1"'),
        svg('width="99999" height="1"'),
        svg('width="60000" height="60000"'),
        svg('width="1" height="1" viewBox="0 0 1 1" y="&a;"'),
        b'<?xml version="1.0" encoding="klingon"?>' + svg(),
        svg().decode().encode("utf-16"),
        b'<svg width="30" height="20"/>',
        b"<html></html>",
        b"<svg",
    ],
)
def test_an_svg_that_could_do_more_than_show_is_refused(data: bytes):
    with pytest.raises(ValueError, match=r"\w"):
        measure(data)


def test_an_svg_may_refer_to_itself():
    inside = """<style>b { fill: url( '#a' ) }</style><defs><linearGradient id="a"/></defs>
        <rect fill="url(#a)" mask='url("#a")'/><use href="#a"/><image href="data:image/png;base64,AA"/>
        <g xmlns:i="urn:editor" i:export="C:\\users\\a.png"/><text>see url(https://x.example/)</text>"""
    assert measure(svg(inside=inside)).width == 30


@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "AVIF", "SVG"]), st.data())
@settings(max_examples=60)
def test_damage_is_told_and_nothing_else(kind: str, data: st.DataObject):
    whole = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(ValueError):  # any other exception would end the whole build
        made = measure(cut)
        assert 0 < made.width * made.height <= MOST_PIXELS


@pytest.mark.parametrize("data", [b"", b"no picture", raster("PNG")[:20], raster("BMP")])
def test_what_is_no_picture_is_told_so(data: bytes):
    with pytest.raises(ValueError, match="it is"):
        measure(data)


def test_a_bomb_is_not_unpacked():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks
    )
    with pytest.raises(ValueError, match="too many pixels"):
        measure(b"\x89PNG\r\n\x1a\n" + body)


def test_a_large_picture_is_measured_by_its_head_alone():
    data = raster("PNG", (3000, 3000))
    assert measure(data[: len(data) // 2]) == Picture(3000, 3000, "image/png")
