"""The numbering plan of mainland China: what a complete national number looks like."""

from __future__ import annotations

import re

from agent_model.phone_number.plan import PhoneNumber

_TWO_DIGIT = "10 20 21 22 23 24 25 27 28 29"
_EIGHT_DIGIT = (
    "311 371 377 379 411 431 432 433 435 451 510 511 512 513 514 515 516 517 518 519 523 527 531 532 551 571 "
    "573 574 575 576 577 579 591 595 731 754 755 757 760 769 791 851 871 898"
)
_SEVEN_DIGIT = (
    "310 312 313 314 315 316 317 318 319 335 349 350 351 352 353 354 355 356 357 358 359 370 372 373 374 375 "
    "376 391 392 393 394 395 396 398 412 415 416 417 418 419 421 427 429 434 436 437 438 439 452 453 454 455 "
    "456 457 458 459 464 467 468 469 470 471 472 473 474 475 476 477 478 479 482 483 530 533 534 535 536 537 "
    "538 539 543 546 550 552 553 554 555 556 557 558 559 561 562 563 564 566 570 572 578 580 592 593 594 596 "
    "597 598 599 631 632 633 635 660 662 663 668 691 692 701 710 711 712 713 714 715 716 717 718 719 722 724 "
    "728 730 734 735 736 737 738 739 743 744 745 746 750 751 752 753 756 758 759 762 763 766 768 770 771 772 "
    "773 774 775 776 777 778 779 790 792 793 794 795 796 797 798 799 812 813 816 817 818 825 826 827 830 831 "
    "832 833 834 835 836 837 838 839 854 855 856 857 858 859 870 872 873 874 875 876 877 878 879 883 886 887 "
    "888 891 892 893 894 895 896 897 901 902 903 906 908 909 911 912 913 914 915 916 917 919 930 931 932 933 "
    "934 935 936 937 938 939 941 943 951 952 953 954 955 970 971 972 973 974 975 976 977 978 979 990 991 992 "
    "993 994 995 996 997 998 999 433 435 754 851"
)
_TWO_DIGIT_AREAS = frozenset(_TWO_DIGIT.split())
_EIGHT_DIGIT_AREAS = frozenset(_EIGHT_DIGIT.split())
_SEVEN_DIGIT_AREAS = frozenset(_SEVEN_DIGIT.split())

_SERVICE = re.compile(
    r"1[12]\d|1(?:0[01]|1\d|2\d)\d{2,3}|96\d{3,4}|95\d{3,6}|950\d{7,12}|95\d{9,13}|16[08]\d{5}|106\d{4,17}"
)
_NATIONWIDE = re.compile(r"95\d{3,6}")
_AREA_SERVICE = re.compile(r"1(?:00|1\d|2\d)\d{2,3}|1[12]\d|96\d{3,4}")


def area_of(digits: str) -> str:
    """The area code (no leading 0) these digits begin with, or ""."""
    if digits[:2] in _TWO_DIGIT_AREAS:
        return digits[:2]
    area = digits[:3]
    return area if area in _EIGHT_DIGIT_AREAS or area in _SEVEN_DIGIT_AREAS else ""


def local_lengths(area: str) -> tuple[int, ...]:
    """How many digits a local number of this area has."""
    if area in _TWO_DIGIT_AREAS:
        return (8,)
    lengths = []
    if area in _EIGHT_DIGIT_AREAS:
        lengths.append(8)
    if area in _SEVEN_DIGIT_AREAS:
        lengths.append(7)
    return tuple(lengths)


def mobile(national: str) -> PhoneNumber | None:
    if len(national) == 11 and national[0] == "1" and national[1] in "3456789":
        return PhoneNumber("+86" + national)
    return None


def toll(national: str) -> PhoneNumber | None:
    """400 and 800 lines."""
    if len(national) == 10 and national[:3] in ("400", "800"):
        return PhoneNumber("+86" + national)
    return None


def landline(national: str, *, lenient: bool = False) -> PhoneNumber | None:
    """An area code and a local number; `lenient` (a 0 stood before it) takes 7 and 8 digits anywhere."""
    area = area_of(national)
    if not area:
        return None
    local = national[len(area) :]
    if local[:2] == "95":
        return None
    if lenient:
        return PhoneNumber("+86" + national) if len(local) in (7, 8) and local[0] != "0" else None
    fits = len(local) in local_lengths(area) and local[0] not in "01"
    return PhoneNumber("+86" + national) if fits else None


def area_service(national: str) -> PhoneNumber | None:
    """A service code behind an area code: 021-95588 is the bank everywhere, 021-12345 is Shanghai's."""
    area = area_of(national)
    if not area:
        return None
    code = national[len(area) :]
    if _NATIONWIDE.fullmatch(code):
        return PhoneNumber("short:" + code)
    return PhoneNumber("+86" + national) if _AREA_SERVICE.fullmatch(code) else None


def service(digits: str) -> PhoneNumber | None:
    """110, 10086, 12345, 95xxx, 96xxx, 106 text-message ports: codes without E.164."""
    return PhoneNumber("short:" + digits) if _SERVICE.fullmatch(digits) else None


def split_landline(national: str) -> tuple[str, str] | None:
    """("571", "88886666") of a national number that has an area code, else None."""
    if mobile(national) or toll(national):
        return None
    area = area_of(national)
    return (area, national[len(area) :]) if area and len(national) > len(area) else None
