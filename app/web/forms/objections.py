"""The form of an objection: whatever its next step may be, on one page."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField

from app.language import _
from app.models.objections import StepKind
from app.queries.objections import ObjectionPage
from app.rules.dispositions import ANSWERS
from app.rules.words import DISPOSITIONS
from app.web.forms import offer

REPLIES = ((StepKind.SATISFIED.value, _("Yes, I withdraw it")), (StepKind.NOT_SATISFIED.value, _("No, I sustain it")))
DECISIONS = ((StepKind.UPHELD.value, _("Uphold: the text has to change")), (StepKind.OVERRULED.value, _("Overrule")))


class ObjectionForm(FlaskForm):
    """An answer, a reply, a note, a decision or an appeal; each address reads its own fields."""

    disposition = RadioField(
        _("What is done"), choices=offer((kind.value, DISPOSITIONS[kind]) for kind in ANSWERS), validate_choice=False
    )
    reason = TextAreaField(_("Reason"))
    version = SelectField(_("Version with the change"), validate_choice=False)
    reply = RadioField(_("Does the answer settle it?"), choices=offer(REPLIES), validate_choice=False)
    words = TextAreaField(_("In your words"))
    note = TextAreaField(_("Note"))
    decision = RadioField(_("Decision"), choices=offer(DECISIONS), validate_choice=False)
    reasons = TextAreaField(_("Reasons"))
    text = TextAreaField(_("Why it should be decided again"))

    def about(self, page: ObjectionPage) -> "ObjectionForm":
        """Offer the versions that an answer can name."""
        named = [(str(number), _("Version %(number)s", number=number)) for number in page.versions]
        self.version.choices = offer([("", _("None")), *named])
        return self
