"""Small charts as inline SVG, coloured by the stylesheet, each with its figures in words.

    bars("Vụ lộ, mất theo năm", [Bar("2025", {"MAT": 2, "TOI_MAT": 1}), Bar("2026", {"MAT": None})], LEVELS)
    matrix("Đơn vị và việc được giao", ["Xã Mẫu Một"], ["Điểm 1"], {("Xã Mẫu Một", "Điểm 1"): Mark("late", "quá hạn")})
    timeline("Diễn biến", [Moment(date(2026, 3, 5), "Phát hiện", "late")])
    links("Thiết bị và máy tính", ["USB 01"], ["Máy A"], [Edge("USB 01", "Máy A", "bad", "chưa đăng ký")])
    tree("Triển khai chỉ thị", Node("Chỉ thị 05", children=[Node("Xã Mẫu Một", "late", "quá hạn")]))

Tones are `done`, `soon`, `late`, `bad`, `plain`, `unknown`; a tone is never shown by its colour alone: a sign or a word
stands with it. None is "not known" and is drawn as such, never as zero.
"""

from bmnn.office.web.charts.bars import LEVELS, Bar, bars
from bmnn.office.web.charts.links import Edge, links
from bmnn.office.web.charts.matrix import Mark, matrix
from bmnn.office.web.charts.timeline import Moment, timeline
from bmnn.office.web.charts.tree import Node, tree

__all__ = ["LEVELS", "Bar", "Edge", "Mark", "Moment", "Node", "bars", "links", "matrix", "timeline", "tree"]
