"""Small drawings of the reports: our mark, and a sign for each consensus state, so that no state rests on colour."""

from collections.abc import Mapping

from app.reports.blocks import Picture
from app.rules.consensus import ConsensusState

INK, PAPER = "#14181f", "#ffffff"
_LINE = 'fill="none" stroke="{ink}" stroke-width="2.4"'
_EARLY = f'<path d="M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18m0 4v5.5l4 2.3" {_LINE}/>'
_UNHEARD = f'<circle cx="12" cy="12" r="9" stroke-dasharray="4.4 3.1" {_LINE}/>'
_CONSENSUS = (
    '<path fill="{ink}" d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m-1.6 14.6-4.6-4.5 1.7-1.8 2.9 2.8 6-6.3 1.8 1.8z"/>'
)
_RECORDED = (
    '<path fill="{ink}" d="M10.5 3.5a9.3 9.3 0 1 0 10 10h-10z"/>'
    f'<path d="M14 2.6a8.2 8.2 0 0 1 7.4 7.4H14z" {_LINE}/>'
)
_CONTESTED = f'<path fill="{{ink}}" d="M11 2v20a10 10 0 0 1 0-20"/><path d="M14 3a9.2 9.2 0 0 1 0 18z" {_LINE}/>'
_NONE = f'<circle cx="12" cy="12" r="9" {_LINE}/><path fill="{{ink}}" d="M6.5 10.6h11v2.8h-11z"/>'
_WITHDRAWN = f'<path d="m5 5 14 14M19 5 5 19" {_LINE}/>'
_SHAPES: Mapping[str, str] = {
    ConsensusState.TOO_EARLY: _EARLY,
    ConsensusState.NOT_YET_HEARD: _UNHEARD,
    ConsensusState.CONSENSUS: _CONSENSUS,
    ConsensusState.SUPPORTED_WITH_RECORDED_OBJECTION: _RECORDED,
    ConsensusState.CONTESTED: _CONTESTED,
    ConsensusState.NO_CONSENSUS: _NONE,
    ConsensusState.WITHDRAWN: _WITHDRAWN,
}
MARK = Picture(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 42 28" width="42" height="28"><path fill="#14181f" '
    'd="M0 13V7h6v6zm9 0V1h6v12zm9 0V5h6v8zm18 0V3h6v10zM0 15h6v4H0zm9 0h6v3H9zm9 0h6v9h-6zm18 0h6v8h-6z"/>'
    '<path fill="#ffe25a" stroke="#14181f" stroke-width="1.5" d="M28 4.5V24h4V4.5z"/></svg>',
    42,
    28,
)


def sign(state: str, ink: str = INK) -> Picture:
    """The sign of a consensus state; a dashed circle for a state that it does not know."""
    shape = _SHAPES.get(state, _UNHEARD).replace("{ink}", ink)
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    return Picture(f"{start}{shape}</svg>", 24, 24)


def look(state: str) -> str:
    """How a state is framed: `full`, `unheard` (dashed) or `plain`."""
    frames = {ConsensusState.CONSENSUS: "full", ConsensusState.NOT_YET_HEARD: "unheard"}
    return {state.value: frame for state, frame in frames.items()}.get(state, "plain")
