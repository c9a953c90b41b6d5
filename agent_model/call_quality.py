"""How a call sounded from its beginning to its end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallQuality:
    """Mean opinion scores 1..4.5 (ITU-T G.107), packets lost, jitter and round trip as the agent's phone measured them,
    means over the call; `_there` is what the other side told of what it heard, None when it told nothing."""

    codec: str
    mos: float
    mos_min: float
    loss_pct: float
    jitter_ms: float
    round_trip_ms: float
    mos_there: float | None = None
    loss_there_pct: float | None = None
