//! One fictional month in any form: the same lines as a table, as messages, or as messages in a zip.
//!
//! Enters: a month and a form. Leaves: a file or a folder of files. Only lines of the aanbieders that send messages
//! are in it, for a message can hold whole volumes only.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::Options;
use super::archive::Archive;
use super::export::Export;
use super::folder;
use super::form::MonthForm;
use super::lines::Line;
use super::messages::{self, Message};
use super::plan::Plan;
use super::post::{self, Groups};

/// Writes what was declared in a month, in one form, into a folder that exists.
///
/// `month` counts from 0 (October 2023) up to and including 23 (September 2025).
///
/// # Errors
/// When the folder cannot be written.
pub fn write_month(
    options: &Options,
    month: u8,
    form: MonthForm,
    naar: &Path,
) -> anyhow::Result<()> {
    let plan = Plan::new(options)?;
    let messages = messages_of(&plan, i32::from(month));
    let unwritable = || folder::unwritable(naar);
    match form {
        MonthForm::Table(form) => {
            let path = naar.join(format!("declaraties{}", form.extension()));
            write_table(&plan, &messages, &path, form).with_context(unwritable)
        }
        MonthForm::Messages => messages
            .iter()
            .try_for_each(|message| {
                let bytes = messages::jw323(&plan, message).0;
                fs::write(naar.join(message.file_name("JW323")), bytes)
            })
            .with_context(unwritable),
        MonthForm::Archive => {
            let mut archive = Archive::create(&naar.join("berichten.zip"))?;
            for message in &messages {
                archive
                    .add(&message.file_name("JW323"), &messages::jw323(&plan, message).0)
                    .with_context(unwritable)?;
            }
            archive.finish().with_context(unwritable)
        }
    }
}

fn write_table(
    plan: &Plan,
    messages: &[Message],
    path: &Path,
    form: super::Form,
) -> std::io::Result<()> {
    let mut export = Export::create(path, form)?;
    let mut total_ct = 0;
    for line in messages.iter().flat_map(|message| &message.lines) {
        export.write(plan, line)?;
        total_ct += line.signed_ct();
    }
    export.finish(total_ct).map(|_| ())
}

/// The good messages of a month.
fn messages_of(plan: &Plan, month: i32) -> Vec<Message> {
    let groups: Groups = post::groups(plan);
    let mut messages = Vec::new();
    for ((_, gemeente), cases) in groups {
        let mut lines: Vec<Line> = post::declared_in(plan, &cases, month);
        lines.retain(|line| post::message_of_its_own(plan.case(line.case).kind).is_none());
        let Some(first) = lines.first() else { continue };
        let nummer = messages.len() as u64 + 1;
        let agb = plan.case(first.case).agb_code();
        messages.push(Message {
            nummer,
            gemeente,
            agb,
            declared: month,
            lines,
            total_off: 0,
            shift: 0,
        });
    }
    messages
}
