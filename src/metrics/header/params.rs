//! The parameters of a header, each held against its own type.

use std::collections::BTreeMap;

use crate::metrics::param::Param;
use crate::metrics::query::{QueryError, line_of_field};

/// Default and allowed values of every parameter, in the form of its type.
pub(super) fn check(
    params: &mut BTreeMap<String, Param>,
    text: &str,
    path: &str,
) -> Result<(), QueryError> {
    for (name, param) in params {
        param.check().map_err(|(field, what)| {
            let line = line_of(text, name, field);
            let what = format!("parameter '{name}' heeft een veld {field} dat niet kan: {what}");
            QueryError::at(path, line, what)
        })?;
    }
    Ok(())
}

/// The line of a field of `[params.<name>]`, else of its heading.
fn line_of(text: &str, name: &str, field: &str) -> usize {
    let section = line_of_field(text, &format!("[params.{name}"));
    let below = text.lines().skip(section).position(|line| line.trim_start().starts_with(field));
    below.map_or(section, |below| section + below + 1)
}
