"""Tables of guidance, all projections of acts."""

from bmnn.office.guidance.models.bodies import Body, Meeting, Member
from bmnn.office.guidance.models.documents import Answer, Document, Point, Relation, Source
from bmnn.office.guidance.models.plans import Plan, PlanItem
from bmnn.office.guidance.models.tasks import Due, Evidence, Step, Task

__all__ = [
    "Answer",
    "Body",
    "Document",
    "Due",
    "Evidence",
    "Meeting",
    "Member",
    "Plan",
    "PlanItem",
    "Point",
    "Relation",
    "Source",
    "Step",
    "Task",
]
