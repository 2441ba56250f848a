"""Where a piece of evidence can be found: an address, or a DOI however it is written."""

import re

DOI_SITE = "https://doi.org/"
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)


def doi_of(address: str) -> str:
    """The DOI that an address or a bare DOI stands for; empty when it is none (form: crossref.org, "10.", "/")."""
    found = _DOI.match(address.strip())
    return found[1] if found else ""


def address_of(written: str) -> str:
    """What somebody typed as a full address: a bare DOI leads to its own site, everything else stays as it is."""
    doi = doi_of(written)
    return DOI_SITE + doi if doi else written
