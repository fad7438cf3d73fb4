"""Forms and reports on paper: registers, letters, minutes and stamps as PDF, DOCX and XLSX.

Pure: nothing of the site is known here. Every word given is data, never markup. See docs/architecture.md, "Paper".
"""

from bmnn.printing.documents import document_pdf
from bmnn.printing.docx import TEMPLATE_NAMES, document_docx, template_docx
from bmnn.printing.fonts import font_name
from bmnn.printing.model import (
    Checkpoint,
    Column,
    Cover,
    Document,
    Facts,
    Head,
    Heading,
    Items,
    Paragraph,
    PrintError,
    Register,
    Signature,
    Style,
    Table,
)
from bmnn.printing.registers import register_pdf
from bmnn.printing.sheets import Sheet, register_xlsx, sheet_xlsx
from bmnn.printing.stamps import stamps_pdf

__all__ = [
    "TEMPLATE_NAMES",
    "Checkpoint",
    "Column",
    "Cover",
    "Document",
    "Facts",
    "Head",
    "Heading",
    "Items",
    "Paragraph",
    "PrintError",
    "Register",
    "Sheet",
    "Signature",
    "Style",
    "Table",
    "document_docx",
    "document_pdf",
    "font_name",
    "register_pdf",
    "register_xlsx",
    "sheet_xlsx",
    "stamps_pdf",
    "template_docx",
]
