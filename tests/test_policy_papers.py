"""What IT is given about policy: as committed it is what the schema makes, and Windows finds everything in it."""

import json
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from agent_desktop.policy.schema import Key, load
from agent_desktop.policy.standing import Policy
from agent_desktop.policy.written import POLICIES, RECOMMENDED, Hive, Rank, Source, layer, of_registry
from installer.policy import CHECKOUT, CULTURES, EXAMPLES, NAMESPACE, governed, papers

SCHEMA = load(CHECKOUT / "resources" / "policy" / "schema.json")
PAPERS = papers(SCHEMA)
SPACE = {"": NAMESPACE}
TEMPLATE = fromstring(PAPERS["resources/policy/admx/agent-desktop.admx"])
LANGUAGES = {
    culture: fromstring(PAPERS[f"resources/policy/admx/{culture}/agent-desktop.adml"]) for culture in CULTURES.values()
}
POLICY = TEMPLATE.findall("policies/policy", SPACE)
KEYS = [*governed(SCHEMA)]


@pytest.mark.parametrize("path", PAPERS)
def test_committed_is_what_the_schema_makes(path: str) -> None:
    assert (CHECKOUT / path).read_bytes() == PAPERS[path], "run: python -m installer.policy"


def test_nothing_of_earlier_schemas_is_left() -> None:
    folder = CHECKOUT / "resources" / "policy"
    found = {str(path.relative_to(CHECKOUT)) for path in folder.rglob("*") if path.is_file()}
    assert found - {"resources/policy/schema.json"} == {path for path in PAPERS if path.startswith("resources")}


def test_every_key_that_it_may_set_is_a_policy_and_a_recommendation() -> None:
    places = Counter((policy.get("key"), _value_name(policy)) for policy in POLICY)
    assert places == Counter((place, key.name) for key in KEYS for place in (POLICIES, RECOMMENDED))
    assert not {_value_name(policy) for policy in POLICY} & {"person.login", "phone.do_not_disturb"}


def test_names_are_given_once() -> None:
    names = [policy.get("name") for policy in POLICY]
    categories = [category.get("name") for category in TEMPLATE.findall("categories/category", SPACE)]
    assert len(names) == len(set(names))
    assert len(categories) == len(set(categories))


def test_every_policy_has_a_place_and_says_for_whom_it_is() -> None:
    categories = {str(category.get("name")) for category in TEMPLATE.findall("categories/category", SPACE)}
    supported = {one.get("name") for one in TEMPLATE.findall("supportedOn/definitions/definition", SPACE)}
    parents = {_ref(policy, "parentCategory") for policy in POLICY}
    above = {ref.get("ref") for ref in TEMPLATE.findall("categories/category/parentCategory", SPACE)}

    assert parents <= categories
    assert above <= categories
    assert parents | above == categories
    assert {_ref(policy, "supportedOn") for policy in POLICY} == supported
    assert {policy.get("class") for policy in POLICY} == {"Both"}


@pytest.mark.parametrize("culture", LANGUAGES)
def test_every_word_is_there_in_each_language_and_none_too_many(culture: str) -> None:
    wanted = {
        words.removeprefix("$(string.").removesuffix(")")
        for element in TEMPLATE.iter()
        for words in element.attrib.values()
        if words.startswith("$(string.")
    }
    strings = LANGUAGES[culture].findall("resources/stringTable/string", SPACE)
    assert Counter(str(one.get("id")) for one in strings) == Counter(wanted)
    assert all(one.text and one.text.strip() for one in strings)


@pytest.mark.parametrize("culture", LANGUAGES)
def test_every_box_asks_for_what_its_policy_takes(culture: str) -> None:
    shapes = {"enum": "dropdownList", "decimal": "decimalTextBox", "text": "textBox"}
    boxes = {
        f"$(presentation.{one.get('id')})": [(box.tag.rpartition("}")[2], box.get("refId")) for box in one]
        for one in LANGUAGES[culture].findall("resources/presentationTable/presentation", SPACE)
    }
    asked = {
        str(policy.get("presentation")): [(shapes[one.tag.rpartition("}")[2]], one.get("id")) for one in elements]
        for policy in POLICY
        if (elements := policy.find("elements", SPACE)) is not None
    }
    assert boxes == asked


@pytest.mark.parametrize("key", [key for key in KEYS if key.kind is not bool], ids=lambda key: key.name)
def test_bounds_are_those_of_the_key(key: Key) -> None:
    for element in [one for policy in POLICY for one in policy.iterfind("elements/*", SPACE)]:
        if element.get("valueName") == key.name:
            words = [one.text for one in element.findall("item/value/string", SPACE)]
            bounds = tuple(int(element.get(name, 0)) for name in ("minValue", "maxValue", "maxLength"))
            assert (tuple(words), bounds) == (key.offered, (key.least, key.most, key.longest))


def test_what_group_policy_writes_is_understood() -> None:
    """Yes and no as 1 and 0, the least number, each word that is offered first."""
    said = {_value_name(policy): _least(policy) for policy in POLICY}
    found = of_registry(_Registry(said), Hive.MACHINE, POLICIES, Rank.MACHINE, SCHEMA)
    assert found.refused == ()
    assert set(found.values) == {name for name, value in said.items() if value != ""}


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_hold(name: str) -> None:
    written = json.loads((CHECKOUT / "resources" / "policy" / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    found = layer(Source(Rank.MACHINE, name), written, SCHEMA)
    assert (found.refused, found.values) == ((), {key: value for key, value in written.items() if value is not None})


def test_branch_of_the_examples_says_it_over_the_company() -> None:
    own, branch, company = (
        layer(Source(Rank.MACHINE, name), EXAMPLES.get(name, {}), SCHEMA)
        for name in ("", "managed/20-branch", "managed/10-company")
    )
    standing = Policy(SCHEMA, (branch, company)).standing(own)
    assert standing["sip.registrar"].value == "sbc.shanghai.example.org:5061"
    assert standing["recording.queues"].source.where == "managed/10-company"


class _Registry:
    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def values(self, _hive: Hive, _key: str) -> dict[str, object]:
        return self._values


def _value_name(policy: Element) -> str:
    element = policy.find("elements/*", SPACE)
    return str((policy if element is None else element).get("valueName"))


def _least(policy: Element) -> object:
    element = policy.find("elements/*", SPACE)
    if element is None:
        return 1
    if (word := element.find("item/value/string", SPACE)) is not None:
        return word.text
    return int(element.get("minValue", 0)) if element.tag.endswith("decimal") else ""


def _ref(policy: Element, name: str) -> str:
    [found] = policy.findall(name, SPACE)
    return str(found.get("ref"))


def test_pages_name_every_key() -> None:
    pages = [Path(path) for path in PAPERS if path.endswith(".md")]
    told = [(CHECKOUT / page).read_text(encoding="utf-8") for page in pages]
    assert [[key.name for key in KEYS if f"| `{key.name}` |" not in page] for page in told] == [[], []]
