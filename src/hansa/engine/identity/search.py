"""From records to proposals: compare what is worth comparing, merge what agrees, split what contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from hansa.engine.identity.answer import Evidence, IdentityAnswer, Pair, Split
from hansa.engine.identity.blocking import candidates, is_worth_weighing
from hansa.engine.identity.corpus import Corpus, read
from hansa.engine.identity.evidence import Weighing, weigh
from hansa.engine.identity.record import Record, Thresholds, require_distinct
from hansa.engine.problem import Reason

APART_BELOW = 0.02  # a pair inside a cluster below this contradicts it even without a veto


def find_duplicates(records: Iterable[Record], *, thresholds: Thresholds | None = None) -> IdentityAnswer:
    """Propose which records mean one organisation, which to look at, and which clusters to take apart.

    Words, places and domains weigh by their rarity among these records, so the same pair may get another
    probability in another file. Records are kept in memory; time grows a little faster than their number.

    :raises BadProblem: two records of one id
    """
    records = tuple(records)
    require_distinct(records)
    limits = thresholds or Thresholds()
    corpus = Corpus(read(record) for record in records)
    found: dict[tuple[int, int], Pair] = {}
    n_compared = 0
    for one, other in candidates(corpus):
        if not is_worth_weighing(corpus.known[one], corpus.known[other], corpus):
            continue
        n_compared += 1
        weighing = weigh(corpus.known[one], corpus.known[other], corpus)
        if weighing.probability >= limits.review:
            found[one, other] = weighing.pair(corpus.known[one], corpus.known[other], limits)
    splits = tuple(_splits(corpus, limits))
    merges = _merge(corpus, found)
    pairs = sorted(found.items(), key=lambda item: (-item[1].probability, item[0]))
    return IdentityAnswer(pairs=tuple(pair for _, pair in pairs), merges=merges, splits=splits, n_compared=n_compared)


def compare(left: Record, right: Record, *, among: Iterable[Record] = (), thresholds: Thresholds | None = None) -> Pair:
    """Weigh two records alone; ``among`` are the records whose frequencies count."""
    corpus = Corpus(read(record) for record in (*among, left, right))
    one, other = corpus.known[-2:]
    return weigh(one, other, corpus).pair(one, other, thresholds or Thresholds())


def _merge(corpus: Corpus, found: dict[tuple[int, int], Pair]) -> tuple[tuple[str, ...], ...]:
    """Join the surest pairs first; a pair that would bring contradicting records together goes to review."""
    group = {position: [position] for key in found for position in key}
    surest = sorted(
        (key for key, pair in found.items() if pair.verdict == "merge"), key=lambda key: (-found[key].probability, key)
    )
    for one, other in surest:
        mine, theirs = group[one], group[other]
        if mine is theirs:
            continue
        clash = _clash(corpus, mine, theirs)
        if clash:
            names = tuple(corpus.known[position].record.name for position in clash)
            evidence = Evidence(
                reason=Reason("merge_would_join", facts={"names": names}, good=False), log_odds=0.0, is_veto=True
            )
            pair = found[one, other]
            found[one, other] = replace(pair, verdict="review", evidence=(*pair.evidence, evidence))
            continue
        mine += theirs
        for position in theirs:
            group[position] = mine
    unique = {id(members): members for members in group.values() if len(members) > 1}
    ordered = sorted(sorted(members) for members in unique.values())
    return tuple(tuple(corpus.known[position].record.id for position in members) for members in ordered)


def _clash(corpus: Corpus, mine: Sequence[int], theirs: Sequence[int]) -> tuple[int, int] | None:
    for one in mine:
        for other in theirs:
            if _contradicts(weigh(corpus.known[one], corpus.known[other], corpus)):
                return one, other
    return None


def _contradicts(weighing: Weighing) -> bool:
    return weighing.is_vetoed or weighing.probability < APART_BELOW


def _splits(corpus: Corpus, limits: Thresholds) -> Iterable[Split]:
    clusters: defaultdict[str, list[int]] = defaultdict(list)
    for position, known in enumerate(corpus.known):
        if known.record.cluster:
            clusters[known.record.cluster].append(position)
    for name, members in sorted(clusters.items()):
        if len(members) < 2:
            continue
        pairs = {
            (one, other): weigh(corpus.known[one], corpus.known[other], corpus)
            for one, other in combinations(members, 2)
        }
        against = {key for key, weighing in pairs.items() if _contradicts(weighing)}
        if not against:
            continue
        groups = _parted(members, pairs, against)
        if len(groups) > 1:
            yield Split(
                cluster=name,
                groups=tuple(tuple(corpus.known[position].record.id for position in group) for group in groups),
                contradictions=tuple(
                    pairs[key].pair(corpus.known[key[0]], corpus.known[key[1]], limits) for key in sorted(against)
                ),
            )


def _parted(
    members: list[int], pairs: Mapping[tuple[int, int], Weighing], against: set[tuple[int, int]]
) -> list[list[int]]:
    """Groups without a contradiction inside, joined by the likeliest pairs first."""
    group = {position: [position] for position in members}
    for one, other in sorted(pairs, key=lambda key: (-pairs[key].probability, key)):
        mine, theirs = group[one], group[other]
        if mine is theirs or any(tuple(sorted((a, b))) in against for a in mine for b in theirs):
            continue
        mine += theirs
        for position in theirs:
            group[position] = mine
    unique = {id(part): sorted(part) for part in group.values()}
    return sorted(unique.values(), key=lambda part: (-len(part), part))
