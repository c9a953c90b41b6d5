"""The one style sheet, generated from the tokens: what a widget is says its `role` or `kind`, never its own sheet."""

from collections.abc import Callable

from agent_desktop.ui.appearance.tokens import Tokens

_SHEET = """
* {{ outline: none; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: {p4}px {p6}px; }}
QWidget[ground="surface"] {{ background: {surface}; }}
QWidget[ground="canvas"] {{ background: {canvas}; }}
QFrame[role="card"] {{ background: {surface}; border: 1px solid {border}; border-radius: {p10}px; }}
QFrame[role="card"]:focus {{ border: 2px solid {accent_text}; }}
QFrame[role="inset"] {{ background: {subtle}; border: 1px solid {border}; border-radius: {p8}px; }}
QFrame[role="popover"] {{ background: {raised}; border: 1px solid {border}; border-radius: {p10}px; }}
QFrame[role="rule"] {{ background: {border}; border: none; }}
QFrame[edge="right"] {{ border: none; border-right: 1px solid {border}; }}
QFrame[edge="left"] {{ border: none; border-left: 1px solid {border}; }}
QFrame[edge="bottom"] {{ border: none; border-bottom: 1px solid {border}; }}
QFrame[edge="top"] {{ border: none; border-top: 1px solid {border}; }}
QFrame[role="strip"] {{ background: {surface}; border: none; border-bottom: 1px solid {border}; }}
QFrame[role="strip"][tone="ok"] {{ background: {ok_bg}; border-bottom: 1px solid {ok_dot}; }}
QFrame[role="band"] {{ background: {warn_bg}; border: none; border-bottom: 1px solid {border}; }}
QLabel[role="band"] {{ border: none; }}
QFrame[role="band"][tone="ok"] {{ background: {ok_bg}; }}
QFrame[role="band"][tone="accent"] {{ background: {accent_bg}; }}
QFrame[role="band"][tone="bad"] {{ background: {bad_bg}; }}
QFrame[role="band"][tone="urgent"] {{ background: {bad_solid}; }}
QFrame[role="compact"] {{ background: {surface}; border: 1px solid {bstrong}; border-left: 4px solid {accent}; }}
QFrame[role="compact"][tone="ok"] {{ background: {ok_bg}; border-color: {ok_dot}; }}
QFrame[role="compact"][tone="warn"] {{ border-left-color: {warn_dot}; }}
QFrame[role="compact"][tone="bad"] {{ border-left-color: {bad_solid}; }}
QLabel {{ background: transparent; color: {text}; }}
QLabel[role="name"] {{ font-size: {f20}px; font-weight: 600; }}
QLabel[role="timer"] {{ font-size: {f22}px; font-weight: 600; }}
QLabel[role="figure"] {{ font-size: {f16}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {f14}px; font-weight: 600; }}
QLabel[role="row"] {{ font-weight: 600; }}
QLabel[role="meta"] {{ font-size: {f12}px; color: {sec}; }}
QLabel[role="hint"] {{ font-size: {f12}px; color: {muted}; }}
QLabel[role="brand"] {{ font-size: {f14}px; font-weight: 600; }}
QLabel[role="key"] {{ font-size: {f11}px; color: {muted}; border: 1px solid {border}; border-radius: {p4}px;
    padding: 0px {p4}px; }}
QLabel[tone="sec"] {{ color: {sec}; }} QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="accent"] {{ color: {accent_text}; }} QLabel[tone="ok"] {{ color: {ok}; }}
QLabel[tone="urgent"] {{ color: {on_accent}; }}
QLabel[tone="warn"] {{ color: {warn}; }} QLabel[tone="bad"] {{ color: {bad}; }} QLabel[tone="vio"] {{ color: {vio}; }}

QPushButton {{ min-height: {b30}px; padding: 0px {p12}px; border: 1px solid {border}; border-radius: {p7}px;
    background: {surface}; color: {text}; font-weight: 500; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {sel}; }}
QPushButton:focus {{ border: 2px solid {accent_text}; padding: 0px {p11}px; min-height: {b28}px; }}
QPushButton:disabled {{ color: {muted}; background: transparent; }}
QPushButton[align="left"] {{ text-align: left; }}
QPushButton[kind="pick"] {{ text-align: left; border-color: {bstrong}; border-radius: {p6}px; font-weight: 400;
    padding: 0px {p24}px 0px {p10}px; }}
QPushButton[kind="pick"]:focus {{ border-color: {accent_text}; padding: 0px {p24}px 0px {p9}px; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[kind="primary"]:hover {{ background: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border-color: {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {subtle}; color: {muted}; border-color: {border}; }}
QPushButton[kind="danger"] {{ background: {bad_solid}; color: {on_accent}; border-color: {bad_solid}; }}
QPushButton[kind="danger"]:hover {{ background: {bad_solid_hover}; }}
QPushButton[kind="danger"]:focus {{ border-color: {text}; }}
QPushButton[kind="danger"]:disabled {{ background: {subtle}; color: {muted}; border-color: {border}; }}
QPushButton[kind="answer"] {{ background: {ok_solid}; color: {on_accent}; border-color: {ok_solid}; }}
QPushButton[kind="answer"]:hover {{ background: {ok_solid_hover}; }}
QPushButton[kind="answer"]:focus {{ border-color: {text}; }}
QPushButton[kind="amber"] {{ background: {warn_bg}; color: {warn}; border-color: {warn_dot}; }}
QPushButton[kind="state"] {{ background: {subtle}; color: {sec}; border-color: transparent; font-weight: 600; }}
QPushButton[kind="state"][tone="ok"] {{ background: {ok_bg}; color: {ok}; }}
QPushButton[kind="state"][tone="accent"] {{ background: {accent_bg}; color: {accent_text}; }}
QPushButton[kind="state"][tone="warn"] {{ background: {warn_bg}; color: {warn}; }}
QPushButton[kind="state"][tone="bad"] {{ background: {bad_bg}; color: {bad}; }}
QPushButton[kind="state"][tone="vio"] {{ background: {vio_bg}; color: {vio}; }}
QPushButton[kind="state"]:checked {{ border-color: {bstrong}; }}
QPushButton[kind="state"]:hover {{ border-color: {border}; }}
QPushButton[kind="state"]:focus {{ border-color: {accent_text}; }}
QPushButton[kind="ghost"][tone="warn"] {{ color: {warn}; }}
QPushButton[kind="ghost"][tone="bad"] {{ color: {bad}; }}
QPushButton[kind="ghost"] {{ background: transparent; border-color: transparent; color: {sec}; padding: 0px {p8}px; }}
QPushButton[kind="ghost"]:hover {{ background: {hover}; }}
QPushButton[kind="ghost"]:focus {{ border-color: {accent_text}; padding: 0px {p7}px; }}
QPushButton[kind="ghost"]:checked {{ background: {accent_bg}; color: {accent_text}; }}
QPushButton[kind="link"] {{ background: transparent; border-color: transparent; color: {accent_text};
    padding: 0px {p4}px; min-height: {b24}px; font-size: {f12}px; }}
QPushButton[kind="link"]:hover {{ background: {hover}; }}
QPushButton[kind="link"]:focus {{ border-color: {accent_text}; padding: 0px {p3}px; min-height: {b22}px; }}
QPushButton[kind="link"][edge="flush"], QPushButton[kind="link"][edge="flush"]:focus {{ padding: 0px; }}
QPushButton[measure="compact"] {{ min-height: {b24}px; font-size: {f12}px; padding: 0px {p8}px; }}
QPushButton[measure="compact"]:focus {{ min-height: {b22}px; padding: 0px {p7}px; }}
QPushButton[measure="call"] {{ min-height: {b34}px; }}
QPushButton[measure="call"]:focus {{ min-height: {b32}px; }}
QPushButton[shape="icon"] {{ padding: 0px; min-width: {b24}px; }}
QPushButton[shape="icon"]:focus {{ padding: 0px; min-width: {b22}px; }}
QPushButton[shape="icon"][measure="call"] {{ min-width: {b34}px; }}
QPushButton[shape="icon"][measure="call"]:focus {{ min-width: {b32}px; }}
QPushButton[shape="stack"] {{ padding: 0px; min-height: {b44}px; font-size: {f11}px; }}
QPushButton[shape="stack"]:focus {{ padding: 0px; min-height: {b42}px; }}
QFrame[role="segments"] {{ background: {subtle}; border: 1px solid {border}; border-radius: {p7}px; }}
QPushButton[kind="segment"] {{ background: transparent; border: 1px solid transparent; min-height: {b26}px;
    padding: 0px {p6}px; color: {sec}; }}
QPushButton[kind="segment"]:hover {{ background: {hover}; }}
QPushButton[kind="segment"]:focus {{ border: 2px solid {accent_text}; min-height: {b24f}px; padding: 0px {p5}px; }}
QPushButton[kind="segment"]:checked {{
    background: {surface}; border-color: {bstrong}; color: {text}; font-weight: 600; }}
QPushButton[kind="segment"][tone="accent"]:checked {{
    background: {accent_bg}; color: {accent_text}; border-color: transparent; }}
QPushButton[kind="segment"][tone="warn"]:checked {{
    background: {warn_bg}; color: {warn}; border-color: transparent; }}
QPushButton[kind="segment"][tone="bad"]:checked {{
    background: {bad_bg}; color: {bad}; border-color: transparent; }}
QPushButton[kind="segment"]:checked:focus {{ border-color: {accent_text}; }}
QPushButton::menu-indicator {{ image: none; width: 0px; }}

QAbstractScrollArea {{ background: transparent; border: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{ background: {surface}; color: {text};
    border: 1px solid {bstrong}; border-radius: {p6}px; padding: 0px {p10}px; min-height: {b30}px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit, QTextEdit {{ padding: {p6}px {p6}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{ border: 2px solid {accent_text};
    padding: 0px {p9}px; min-height: {b28}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {p5}px {p5}px; }}
QLineEdit[fault="true"], QComboBox[fault="true"], QPlainTextEdit[fault="true"],
QPushButton[kind="pick"][fault="true"] {{ border: 1px solid {bad}; }}
QLineEdit[fault="true"]:focus, QPlainTextEdit[fault="true"]:focus {{ border: 2px solid {bad}; }}
QLineEdit:read-only {{ background: {subtle}; }}
QLineEdit[kind="search"] {{ background: {subtle}; border-color: {border}; padding-left: {p32}px; }}
QLineEdit[kind="search"]:focus {{ background: {surface}; border-color: {accent_text}; padding-left: {p31}px; }}
QLineEdit[kind="dial"] {{ padding-left: {p32}px; }}
QLineEdit[kind="dial"]:focus {{ padding-left: {p31}px; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; background: transparent; padding: 0px;
    min-height: {b24}px; }}
QComboBox {{ padding-right: {p24}px; }}
QComboBox::drop-down {{ border: none; width: {p24}px; }}
QComboBox QAbstractItemView {{ background: {raised}; border: 1px solid {border}; selection-background-color: {sel};
    selection-color: {text}; padding: {p4}px; }}
QSlider:horizontal {{ min-height: {p24}px; }}
QSlider::groove:horizontal {{ height: {p4}px; background: {border}; border-radius: {p2}px; }}
QSlider::handle:horizontal {{ width: {p16}px; margin: -{p6}px 0; border-radius: {p8}px; background: {accent}; }}
QSlider:focus {{ border: 2px solid {accent_text}; border-radius: {p6}px; }}
QCheckBox {{ color: {text}; spacing: {p8}px; min-height: {p24}px; }}
QCheckBox::indicator {{ width: {p16}px; height: {p16}px; border: 1px solid {bstrong}; border-radius: {p4}px;
    background: {surface}; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; }}
QCheckBox:focus {{ border: 2px solid {accent_text}; border-radius: {p4}px; }}
QLineEdit:disabled, QComboBox:disabled {{ background: {subtle}; color: {muted}; border-color: {border}; }}
QSlider::handle:horizontal:disabled {{ background: {muted}; }}
QCheckBox:disabled {{ color: {muted}; }}
QCheckBox::indicator:disabled {{ background: {subtle}; border-color: {border}; }}
QCheckBox::indicator:checked:disabled {{ background: {muted}; border-color: {muted}; }}

QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{ background: transparent; color: {sec}; border: none; border-bottom: 2px solid transparent;
    padding: {p9}px {p4}px {p8}px {p4}px; margin: 0px {p6}px; font-weight: 500; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent_text}; font-weight: 600; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus {{ background: {sel}; border-top-left-radius: {p4}px; border-top-right-radius: {p4}px; }}

QMenu {{ background: {raised}; color: {text}; border: 1px solid {border}; padding: {p4}px; }}
QMenu::item {{ padding: {p7}px {p16}px {p7}px {p12}px; border-radius: {p6}px; min-width: {p120}px; }}
QMenu[role="counted"]::item {{ padding-right: {p44}px; }}
QMenu::item:selected {{ background: {sel}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: {p4}px {p6}px; }}
QMenu::icon {{ padding-left: {p8}px; }}

QListView, QTreeView, QTableView {{ background: transparent; border: none; color: {text}; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: none; }}
QProgressBar {{ background: {border}; border: none; border-radius: {p3}px; min-height: {p6}px; max-height: {p6}px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {p3}px; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: transparent; border: none; border-bottom: 1px solid {border}; color: {muted}; padding: 0px {p8}px;
}}
QTableView[cells="plain"]::item {{ padding-left: {p5}px; }}
QScrollBar:vertical {{ background: transparent; width: {p10}px; margin: {p2}px; }}
QScrollBar::handle:vertical {{ background: {border}; border-radius: {p3}px; min-height: {p32}px; }}
QScrollBar::handle:vertical:hover {{ background: {bstrong}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0px; width: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar:horizontal {{ background: transparent; height: {p10}px; margin: {p2}px; }}
QScrollBar::handle:horizontal {{ background: {border}; border-radius: {p3}px; min-width: {p32}px; }}
QTextBrowser {{ background: transparent; border: none; padding: 0px; color: {text}; }}
QTextBrowser:focus {{ border: 2px solid {accent_text}; border-radius: {p6}px; padding: 0px; }}
QScrollArea:focus {{ border: 2px solid {accent_text}; border-radius: {p6}px; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
"""


def style_sheet(tokens: Tokens, px: Callable[[int], int]) -> str:
    """Sizes: `pN` lengths, `fN` type, `bN` heights inside a 1 px border; all at the person's scale."""
    sizes = {f"p{n}": px(n) for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 24, 31, 32, 44, 120)}
    sizes |= {f"f{n}": px(n) for n in (11, 12, 13, 14, 16, 20, 22)}
    sizes |= {f"b{n}": px(n + 2) - 2 for n in (24, 30, 34)}
    sizes |= {"b26": px(28) - 2, "b24f": px(28) - 4, "b22": px(26) - 4, "b28": px(32) - 4, "b32": px(36) - 4}
    sizes |= {"b44": px(46) - 2, "b42": px(46) - 4}
    colours = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    return _SHEET.format(**colours, **sizes)
