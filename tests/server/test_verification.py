"""What a slice holds as hashes: a workstation finds out what it lacks without fetching everything."""

import gzip
from typing import Any

import orjson
import pytest

from agent_model.fingerprint import Fingerprint, bucket_of
from tests.in_process import ServerThread
from tests.server.conftest import SitAt, executed
from tests.server.workstation import Workstation

HOME = "customers:home"


def verify(seat: Workstation, **params: Any) -> Any:
    answer = seat.http.get("/sync/v1/verify", params={"scope": HOME, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


def hashes_of(seat: Workstation, scope: str, buckets: int = 256) -> list[str]:
    """What the workstation itself makes of its slice."""
    counted = Fingerprint(buckets)
    for entity, row_id in seat.slices[scope]:
        counted.add(entity, [(row_id, seat.slices[scope][entity, row_id]["version"])])
    return list(counted.hashes())


def test_whoever_pulled_everything_has_the_same_hashes(seat: Workstation) -> None:
    seat.push(
        seat.ticket(), seat.ticket(customer_id=None), seat.op("customer", "C-1", "update", {"region": [None, "x"]})
    )
    seat.sync()

    for scope in ("org", HOME, "queue:support", "own:lin.yue", "team:home"):
        found = verify(seat, scope=scope)
        assert (found["scope"], found["head"]) == (scope, seat.cursors[scope])
        assert found["buckets"] == hashes_of(seat, scope) if scope in seat.slices else ["0" * 16] * 256


@pytest.mark.parametrize("buckets", [1, 16, 4096])
def test_hashes_come_in_as_many_buckets_as_asked_for(seat: Workstation, buckets: int) -> None:
    seat.sync()

    assert verify(seat, buckets=buckets)["buckets"] == hashes_of(seat, HOME, buckets)


def test_change_shows_in_the_bucket_of_its_row_alone(seat: Workstation) -> None:
    before = verify(seat)
    seat.push(seat.op("customer", "C-1", "update", {"region": [None, "x"]}))
    after = verify(seat)

    differing = [number for number in range(256) if before["buckets"][number] != after["buckets"][number]]
    assert differing == [bucket_of("customer", "C-1")]
    assert after["head"] == before["head"] + 1


def test_slice_that_has_not_moved_is_counted_once(seat: Workstation, server: ServerThread) -> None:
    first = verify(seat)
    executed(server.settings, "UPDATE customer SET version = 9 WHERE id = 'C-1'")

    assert verify(seat) == first


def test_rows_of_a_bucket_are_those_that_are_counted_in_it(seat: Workstation) -> None:
    seat.push(*(seat.ticket() for _ in range(5)))
    seat.sync()
    wanted = sorted({bucket_of(*key, 8) for key in seat.slices[HOME]})[:2]
    params: dict[str, Any] = {"scope": HOME, "buckets": 8, "bucket": ",".join(map(str, wanted))}

    answer = seat.http.get("/sync/v1/verify/rows", params=params)
    found = answer.json()

    expected = {key: row for key, row in seat.slices[HOME].items() if bucket_of(*key, 8) in wanted}
    assert {(row["entity"], row["id"]): row for row in found["rows"]} == expected
    assert (found["scope"], found["head"]) == (HOME, seat.cursors[HOME])


def test_rows_come_unpacked_to_who_cannot_unpack(seat: Workstation) -> None:
    params: dict[str, Any] = {"scope": HOME, "buckets": 1, "bucket": 0}
    packed = seat.http.get("/sync/v1/verify/rows", params=params)
    with seat.http.stream("GET", "/sync/v1/verify/rows", params=params, headers={"Accept-Encoding": "identity"}) as raw:
        plain = b"".join(raw.iter_raw())

    assert packed.headers["content-encoding"] == "gzip"
    assert orjson.loads(plain) == packed.json()
    assert not plain.startswith(gzip.compress(b"")[:2])


@pytest.mark.parametrize("path", ["/sync/v1/verify", "/sync/v1/verify/rows"])
def test_slice_of_others_is_not_verified(sit_at: SitAt, path: str) -> None:
    answer = sit_at("luo.tao").http.get(path, params={"scope": "queue:support", "bucket": 1})

    assert (answer.status_code, answer.json()["error"]) == (403, "scope_not_yours")


@pytest.mark.parametrize(
    ("path", "wrong", "field"),
    [
        ("/sync/v1/verify", {"buckets": "0"}, "buckets"),
        ("/sync/v1/verify", {"buckets": "4097"}, "buckets"),
        ("/sync/v1/verify", {"buckets": "-1"}, "buckets"),
        ("/sync/v1/verify", {"buckets": "many"}, "buckets"),
        ("/sync/v1/verify/rows", {}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "256"}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "1,,2"}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "-1"}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "²"}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "1,2,3,4,5,6,7,8,9"}, "bucket"),
        ("/sync/v1/verify/rows", {"bucket": "9" * 5000}, "bucket"),
    ],
)
def test_odd_buckets_are_refused(unharmed: Workstation, path: str, wrong: dict[str, str], field: str) -> None:
    answer = unharmed.http.get(path, params={"scope": HOME, **wrong})

    assert (answer.status_code, answer.json()) == (422, {"error": "bad_request", "field": field})
