//! Diagnostics as text: where, what, the line with the place marked, and what to do.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Severity};
use super::source::{Source, Sources, Span};

/// Of a longer line, what lies further from the place is cut off.
const AROUND: usize = 100;

/// All diagnostics as text, in the order of their places.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    render_named(diagnostics, sources, colour, &|source| source.name.clone())
}

/// The same, where `name` says how a text is called: whoever asked the question knows its parts by names of their own.
#[must_use]
pub fn render_named(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    colour: bool,
    name: &dyn Fn(&Source) -> String,
) -> String {
    let place = |span: Span| {
        let (line, column) = sources.line_column(span.file, span.start);
        format!("{}:{line}:{column}", name(sources.get(span.file)))
    };
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| diagnostic.span);
    let mut text = String::new();
    for diagnostic in ordered {
        let (kind, code) = match diagnostic.severity {
            Severity::Error => ("error", "31"),
            Severity::Warning => ("warning", "33"),
        };
        let kind = if colour { format!("\x1b[1;{code}m{kind}\x1b[0m") } else { kind.to_owned() };
        text += &format!("{}: {kind}: {}\n", place(diagnostic.span), diagnostic.message);
        text += &excerpt(sources, diagnostic.span, diagnostic.severity, "", colour);
        for label in &diagnostic.labels {
            text += &format!("{}: note: {}\n", place(label.span), label.text);
            text += &excerpt(sources, label.span, diagnostic.severity, "", colour);
        }
        if let Some(help) = &diagnostic.help {
            text += &format!("  help: {help}\n");
        }
    }
    text
}

/// The line of a place, with the place marked.
fn excerpt(sources: &Sources, span: Span, severity: Severity, label: &str, colour: bool) -> String {
    let source = &sources.get(span.file).text;
    let floor = |mut at: usize| {
        at = at.min(source.len());
        while !source.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start as usize);
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let from = line_start.max(floor(start.saturating_sub(AROUND)));
    let to = line_end.min(floor(start + AROUND));
    let shown = source[from..to].trim_end_matches('\r');
    if shown.trim().is_empty() {
        return String::new();
    }
    let end = floor(span.end as usize).clamp(start, from + shown.len()).max(start);
    let (line, _) = sources.line_column(span.file, span.start);
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mark = AnnotationKind::Primary.span(start - from..(end - from).min(shown.len()));
    let mark = if label.is_empty() { mark } else { mark.label(label) };
    let snippet = Snippet::source(shown).line_start(line).annotation(mark);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut text = renderer.render(&[Group::with_level(level).element(snippet)]);
    text.push('\n');
    text
}
