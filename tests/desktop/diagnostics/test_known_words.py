from agent_desktop.diagnostics.known_words import KnownWords


def test_longest_of_several_is_struck() -> None:
    known = KnownWords(["李雷", "李雷雷", "Anna", "Anna Blake"])
    assert known.struck("李雷雷 met Anna  Blake and anna.", "*") == "* met * and *."


def test_words_far_apart_or_within_others_stay() -> None:
    known = KnownWords(["Anna Blake", "Ann", "a"])
    assert known.struck("Annabel, Anna ---- Blake, a", "*") == "Annabel, Anna ---- Blake, a"
