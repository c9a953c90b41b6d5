"""How good a call sounds, estimated from what RTCP counts (E-model, ITU-T G.107, simplified)."""


def opinion_score(loss_pct: float, jitter_ms: float, round_trip_ms: float) -> float:
    """Mean opinion score 1..4.5. The jitter buffer is taken to add twice the jitter to the one-way delay."""
    delay_ms = round_trip_ms / 2 + 2 * jitter_ms + 20
    delay_impairment = 0.024 * delay_ms + (0.11 * (delay_ms - 177.3) if delay_ms > 177.3 else 0.0)
    loss_impairment = 95 * loss_pct / (loss_pct + 10)  # G.711 with concealment, random loss (G.113 App. I)
    rating = max(0.0, min(100.0, 93.2 - delay_impairment - loss_impairment))
    score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)
    return round(max(1.0, min(4.5, score)), 2)
