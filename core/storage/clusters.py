"""What counts by author stand on, for the statements that compare clusters: a step of `with`.

It reads `kept`, a row per comment with `who` wrote it: numbers below -6917529027641081856 are comments whose
author nobody knows, each a cluster of its own. `weight` corrects the residual of a cluster for its leverage;
the formulas are in `analysis.lexis.clustered`.
"""

from __future__ import annotations

from typing import Final

SIZES_SQL: Final = """
sizes as (
    select who, count(*)::double as size, 1 / greatest(1 - count(*) / sum(count(*)) over (), 1e-9) as weight
    from kept
    group by who
),
whole as (
    select
        sum(size)::bigint as of_comments,
        count(*) filter (who >= -6917529027641081856) as of_authors,
        count(*) as clusters,
        sum(weight * size * size) as size_products,
        sum(size ** 2) as size_2,
        sum(size ** 3) as size_3,
        sum(size ** 4) as size_4
    from sizes
),
"""
