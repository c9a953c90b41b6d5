"""The colours of the screen by what they mean, light and dark, and the pairs that must stay readable."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. `_bg` is a tinted ground, `_dot` a mark, `_solid` a fill under `on_accent`."""

    canvas: str
    surface: str
    subtle: str
    raised: str
    border: str
    bstrong: str
    text: str
    sec: str
    muted: str
    accent: str
    accent_hover: str
    accent_bg: str
    on_accent: str
    accent_text: str
    ok: str
    ok_bg: str
    ok_dot: str
    ok_solid: str
    ok_solid_hover: str
    warn: str
    warn_bg: str
    warn_dot: str
    bad: str
    bad_bg: str
    bad_solid: str
    bad_solid_hover: str
    vio: str
    vio_bg: str
    sel: str
    hover: str


LIGHT = Tokens(
    canvas="#F3F5F8",
    surface="#FFFFFF",
    subtle="#F8FAFC",
    raised="#FFFFFF",
    border="#E3E8EF",
    bstrong="#7E8CA2",
    text="#101828",
    sec="#475467",
    muted="#5D6B82",
    accent="#2457E6",
    accent_hover="#1D48C4",
    accent_bg="#EAF0FE",
    on_accent="#FFFFFF",
    accent_text="#1F4FD8",
    ok="#067647",
    ok_bg="#E3F6EC",
    ok_dot="#12A066",
    ok_solid="#0B7A4B",
    ok_solid_hover="#09663F",
    warn="#8F4A05",
    warn_bg="#FDF1DC",
    warn_dot="#C77700",
    bad="#B42318",
    bad_bg="#FDEBEA",
    bad_solid="#D92D20",
    bad_solid_hover="#B42318",
    vio="#5B34D1",
    vio_bg="#F0EBFE",
    sel="#EEF3FE",
    hover="#F1F4F9",
)

DARK = Tokens(
    canvas="#0D1015",
    surface="#15191F",
    subtle="#1A1F27",
    raised="#1E242D",
    border="#29303B",
    bstrong="#66738A",
    text="#E9EDF3",
    sec="#B3BDCB",
    muted="#8F9BAD",
    accent="#3D6BEE",
    accent_hover="#3360DA",
    accent_bg="#1A2850",
    on_accent="#FFFFFF",
    accent_text="#8FB0FF",
    ok="#57D9A0",
    ok_bg="#10301F",
    ok_dot="#2FBF82",
    ok_solid="#0B7A4B",
    ok_solid_hover="#09663F",
    warn="#F6B95A",
    warn_bg="#35270E",
    warn_dot="#E9A23B",
    bad="#FF8F87",
    bad_bg="#3B1A19",
    bad_solid="#D5393A",
    bad_solid_hover="#BE2E30",
    vio="#B9A5FF",
    vio_bg="#2A2150",
    sel="#1B2745",
    hover="#1D232C",
)

READABLE: tuple[tuple[str, str, float], ...] = (
    ("text", "surface", 4.5),
    ("text", "canvas", 4.5),
    ("text", "subtle", 4.5),
    ("text", "sel", 4.5),
    ("text", "warn_bg", 4.5),
    ("text", "ok_bg", 4.5),
    ("text", "bad_bg", 4.5),
    ("text", "accent_bg", 4.5),
    ("sec", "accent_bg", 4.5),
    ("sec", "warn_bg", 4.5),
    ("sec", "surface", 4.5),
    ("sec", "canvas", 4.5),
    ("sec", "hover", 4.5),
    ("sec", "sel", 4.5),
    ("sec", "ok_bg", 4.5),
    ("sec", "subtle", 4.5),
    ("muted", "surface", 4.5),
    ("muted", "canvas", 4.5),
    ("muted", "subtle", 4.5),
    ("muted", "sel", 4.5),
    ("muted", "hover", 4.5),
    ("accent_text", "surface", 4.5),
    ("accent_text", "accent_bg", 4.5),
    ("accent_text", "sel", 4.5),
    ("accent_text", "subtle", 4.5),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("on_accent", "bad_solid", 4.5),
    ("on_accent", "bad_solid_hover", 4.5),
    ("on_accent", "ok_solid", 4.5),
    ("on_accent", "ok_solid_hover", 4.5),
    ("ok", "surface", 4.5),
    ("ok", "ok_bg", 4.5),
    ("ok", "sel", 4.5),
    ("warn", "surface", 4.5),
    ("warn", "warn_bg", 4.5),
    ("warn", "sel", 4.5),
    ("bad", "surface", 4.5),
    ("bad", "bad_bg", 4.5),
    ("bad", "hover", 4.5),
    ("bad", "sel", 4.5),
    ("vio", "surface", 4.5),
    ("vio", "vio_bg", 4.5),
    ("vio", "sel", 4.5),
    ("bstrong", "surface", 3.0),
    ("ok_dot", "surface", 3.0),
    ("warn_dot", "surface", 3.0),
    ("accent_text", "canvas", 3.0),
)
"""(foreground, ground, least ratio by WCAG 2.2) for every pair the widgets draw."""
