"""Vietnamese text: letters and marks, order, fields, dates, numbers, symbols of documents, old encodings, onsets."""

from bmnn.vietnamese.dates import date_in_words, parse_date, short_date, written_date
from bmnn.vietnamese.fields import FieldError, clean_field
from bmnn.vietnamese.legacy import Decoded, decode_legacy, legacy_in_unicode
from bmnn.vietnamese.marks import classic_tones, fold, modern_tones, nfc, tone_of
from bmnn.vietnamese.numbers import number_in_words
from bmnn.vietnamese.onsets import onset_code, onset_codes
from bmnn.vietnamese.sorting import collation_key, sort_key
from bmnn.vietnamese.syllables import is_syllable, syllable_score
from bmnn.vietnamese.symbols import TYPE_CODES, DocumentSymbol, parse_symbol, split_typed

__all__ = [
    "TYPE_CODES",
    "Decoded",
    "DocumentSymbol",
    "FieldError",
    "classic_tones",
    "clean_field",
    "collation_key",
    "date_in_words",
    "decode_legacy",
    "fold",
    "is_syllable",
    "legacy_in_unicode",
    "modern_tones",
    "nfc",
    "number_in_words",
    "onset_code",
    "onset_codes",
    "parse_date",
    "parse_symbol",
    "short_date",
    "sort_key",
    "split_typed",
    "syllable_score",
    "tone_of",
    "written_date",
]
