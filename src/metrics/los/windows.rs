//! Functions over a window of rows: `SUM(x) OVER (PARTITION BY y ORDER BY z)`.
//!
//! Enters: a call with OVER. Leaves: an expression.

use sqlparser::ast::{
    Expr, OrderByExpr, OrderByOptions, WindowFrame, WindowFrameBound, WindowFrameUnits, WindowSpec,
};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::aggregates::AGGREGATES;
use crate::metrics::los::call::{Aanroep, Argument};
use crate::metrics::los::expr::{Plaats, Reader};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::types::{Basis, Letterlijk, Uitdrukking};
use crate::metrics::los::{functions, units};

/// Functions that only exist with OVER.
pub(super) const WINDOWS: &[&str] = &["lag", "lead", "row_number"];
/// Counts that can be asked with OVER.
const COUNTS: &[&str] = &["avg", "count", "max", "min", "sum"];

impl Reader<'_, '_> {
    /// A call with OVER.
    pub(super) fn window(&mut self, call: &Aanroep<'_>) -> Uitkomst<Uitdrukking> {
        let Some(spec) = call.over else { return Err(Fout::on(call.at, "hier ontbreekt OVER")) };
        let name = call.name.to_uppercase();
        let refuse = |what: String| Err(Fout::on(call.at, what));
        if self.compiler.is_outside() {
            return refuse("OVER kan niet buiten het publiek intern; gebruik GROUP BY".to_owned());
        }
        if self.plaats != Plaats::Uitkomst {
            return refuse(
                "OVER kan alleen achter SELECT; zet het in een deelvraag en kies daarna met WHERE"
                    .to_owned(),
            );
        }
        if !WINDOWS.contains(&call.name.as_str()) && !COUNTS.contains(&call.name.as_str()) {
            if !AGGREGATES.contains(&call.name.as_str()) {
                return Err(functions::unknown(call));
            }
            let known: Vec<String> =
                WINDOWS.iter().chain(COUNTS).map(|name| name.to_uppercase()).collect();
            return refuse(format!("{name} kan niet met OVER; kies uit {}", known.join(", ")));
        }
        if call.is_distinct || call.filter.is_some() {
            return refuse("DISTINCT en FILTER kunnen niet samen met OVER".to_owned());
        }
        let (over, parts, is_ordered) = self.over(spec, call)?;
        if WINDOWS.contains(&call.name.as_str()) && !is_ordered {
            return refuse(format!("{name} heeft een volgorde nodig: OVER (ORDER BY …)"));
        }
        let (sql, basis, soort, of) = self.windowed(call, &over, is_ordered)?;
        let all: Vec<&Uitdrukking> = parts.iter().chain(&of).collect();
        Ok(Uitdrukking::made(sql, basis, soort, &all))
    }

    fn windowed(
        &mut self,
        call: &Aanroep<'_>,
        over: &str,
        is_ordered: bool,
    ) -> Uitkomst<(String, Basis, Soort, Option<Uitdrukking>)> {
        let name = call.name.to_uppercase();
        let whole =
            |sql: String| (format!("CAST({sql} AS BIGINT)"), Basis::Geheel, Soort::Aantal, None);
        match (call.name.as_str(), call.args.as_slice()) {
            ("row_number", []) => Ok(whole(format!("ROW_NUMBER() OVER ({over})"))),
            ("count", [Argument::Star]) => Ok(whole(format!("COUNT(*) OVER ({over})"))),
            ("lag" | "lead", [Argument::Expr(of)]) => {
                let read = self.changing(of)?;
                let sql = format!("{name}({}, 1) OVER ({over})", read.sql);
                Ok((sql, read.aard.basis, read.aard.soort, Some(read)))
            }
            ("lag" | "lead", [Argument::Expr(of), Argument::Expr(steps)]) => {
                let read = self.changing(of)?;
                let steps_read = self.value(steps)?;
                let is_whole = steps_read.literal == Some(Letterlijk::Getal)
                    && steps_read.sql.parse::<u32>().is_ok_and(|steps| steps > 0);
                if !is_whole {
                    return Err(Fout::at(
                        *steps,
                        "hier hoort een heel getal te staan, zoals 1 of 4",
                    ));
                }
                let sql = format!("{name}({}, {}) OVER ({over})", read.sql, steps_read.sql);
                Ok((sql, read.aard.basis, read.aard.soort, Some(read)))
            }
            ("row_number" | "lag" | "lead", _) | (_, [] | [Argument::Star] | [_, _, ..]) => Err(
                Fout::on(call.at, format!("{name} krijgt hier niet de waarden die erbij horen")),
            ),
            (_, [Argument::Expr(of)]) => {
                let read = self.changing(of)?;
                if !matches!(call.name.as_str(), "min" | "max" | "count") || is_ordered {
                    units::number(&read, of)?;
                }
                let sql = format!("{name}({}) OVER ({over})", read.sql);
                let (basis, soort) = match call.name.as_str() {
                    "count" => return Ok(whole(sql)),
                    "avg" => (Basis::Getal, mean(read.aard.soort)),
                    _ => (read.aard.basis, read.aard.soort),
                };
                Ok((sql, basis, soort, Some(read)))
            }
        }
    }

    /// A value that a window can look at: of one that is the same everywhere the engine makes a single row.
    fn changing(&mut self, of: &Expr) -> Uitkomst<Uitdrukking> {
        let read = self.value(of)?;
        if read.is_constant {
            return Err(Fout::at(of, "met OVER hoort hier een kolom te staan"));
        }
        Ok(read)
    }

    /// What stands between the brackets of OVER.
    fn over(
        &mut self,
        spec: &WindowSpec,
        call: &Aanroep<'_>,
    ) -> Uitkomst<(String, Vec<Uitdrukking>, bool)> {
        let WindowSpec { window_name, partition_by, order_by, window_frame } = spec;
        if let Some(name) = window_name {
            return Err(Fout::on(
                name.span.start,
                "een venster met een naam kan niet; schrijf het achter OVER uit",
            ));
        }
        check_frame(window_frame.as_ref(), call)?;
        let was = std::mem::replace(&mut self.plaats, Plaats::Elders);
        let read = self.over_parts(partition_by, order_by);
        self.plaats = was;
        let (by, order, descending) = read?;
        let join = |parts: &[Uitdrukking]| {
            parts.iter().map(|part| part.sql.as_str()).collect::<Vec<_>>().join(", ")
        };
        let mut sql = Vec::new();
        if by.is_empty() {
            // Without parts the engine would give one row for all.
            sql.push("PARTITION BY 1".to_owned());
        } else {
            sql.push(format!("PARTITION BY {}", join(&by)));
        }
        if !order.is_empty() {
            let direction = if descending { " DESC" } else { "" };
            let items: Vec<String> =
                order.iter().map(|part| format!("{}{direction}", part.sql)).collect();
            sql.push(format!("ORDER BY {}", items.join(", ")));
            if COUNTS.contains(&call.name.as_str()) {
                sql.push("ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW".to_owned());
            }
        }
        let is_ordered = !order.is_empty();
        // Rows are only put together by a person here, and nothing of it is seen.
        let seen = order.into_iter().chain(by.into_iter().filter(|part| !part.aard.is_person()));
        Ok((sql.join(" "), seen.collect(), is_ordered))
    }

    fn over_parts(
        &mut self,
        partition_by: &[Expr],
        order_by: &[OrderByExpr],
    ) -> Uitkomst<(Vec<Uitdrukking>, Vec<Uitdrukking>, bool)> {
        let by = partition_by.iter().map(|part| self.any(part)).collect::<Uitkomst<Vec<_>>>()?;
        let mut order = Vec::new();
        let mut descending = None;
        for item in order_by {
            let OrderByExpr { expr, options, with_fill } = item;
            let OrderByOptions { asc, nulls_first } = options;
            if with_fill.is_some() || nulls_first.is_some() {
                return Err(Fout::at(expr, "NULLS FIRST en WITH FILL kunnen niet in OVER"));
            }
            let is_down = *asc == Some(false);
            if *descending.get_or_insert(is_down) != is_down {
                return Err(Fout::at(
                    expr,
                    "in OVER gaat alles dezelfde kant op: overal ASC of overal DESC",
                ));
            }
            order.push(self.value(expr)?);
        }
        Ok((by, order, descending == Some(true)))
    }
}

fn mean(soort: Soort) -> Soort {
    match soort {
        Soort::Eurocent | Soort::Minuten | Soort::Duizendste => soort,
        _ => Soort::Getal(2),
    }
}

fn check_frame(frame: Option<&WindowFrame>, call: &Aanroep<'_>) -> Uitkomst<()> {
    let Some(WindowFrame { units, start_bound, end_bound }) = frame else { return Ok(()) };
    let is_running = *units == WindowFrameUnits::Rows
        && *start_bound == WindowFrameBound::Preceding(None)
        && matches!(end_bound, None | Some(WindowFrameBound::CurrentRow));
    if is_running && COUNTS.contains(&call.name.as_str()) {
        return Ok(());
    }
    let what = "in OVER kan alleen ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW, en dat staat er vanzelf";
    Err(Fout::on(call.at, what))
}
