#![allow(missing_docs, dead_code)]
use super::lower::{Context, lower};
use super::*;
pub enum Layer {
    Overlay { name: String, text: Vec<u8> },
    Variant(String),
}
pub struct Request<'a> {
    pub name: &'a str,
    pub text: &'a [u8],
    pub changes: Vec<Layer>,
    pub sets: Vec<String>,
    pub library: &'a dyn Library,
}
#[derive(Debug)]
pub struct Document {
    pub scenario: Scenario,
    pub variants: Vec<(String, Scenario)>,
    pub slots: Slots,
    pub resolved: String,
}
impl Document {
    pub fn variant(&self, name: Option<&str>) -> Option<&Scenario> {
        match name {
            None => Some(&self.scenario),
            Some(n) => self.variants.iter().find(|(m, _)| m == n).map(|(_, s)| s),
        }
    }
}
pub struct Reading {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    pub document: Option<Document>,
}
fn merge(base: &mut Table, over: &Table) {
    for (k, n) in &over.entries {
        match (base.get_mut(&k.name), &n.value) {
            (Some(Node { value: Value::Table(b), .. }), Value::Table(o)) if !o.inline => merge(b, o),
            (Some(slot), _) => *slot = n.clone(),
            (None, _) => base.entries.push((k.clone(), n.clone())),
        }
    }
}
pub fn read(r: &Request<'_>) -> Reading {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let id = super::text::add(&mut sources, r.name, r.text).unwrap();
    let Some(root) = super::tree::parse(&sources, id, &mut diagnostics) else {
        return Reading { sources, diagnostics, document: None };
    };
    let mut root = root;
    if let Some(base) = root.get("extends").and_then(|n| n.as_str().map(str::to_owned)) {
        let t = r.library.read(r.name, &base).unwrap();
        let id = super::text::add(&mut sources, &format!("tests/golden/{base}"), &t).unwrap();
        let mut b = super::tree::parse(&sources, id, &mut diagnostics).unwrap();
        merge(&mut b, &root);
        b.remove("extends");
        root = b;
    }
    let vars: Vec<(String, Table)> = root
        .get("variants")
        .and_then(|n| n.as_table())
        .map(|t| t.entries.iter().map(|(k, n)| (k.name.clone(), n.as_table().unwrap().clone())).collect())
        .unwrap_or_default();
    let names: Vec<String> = vars.iter().map(|v| v.0.clone()).collect();
    for l in &r.changes {
        if let Layer::Variant(n) = l {
            let t = &vars.iter().find(|v| &v.0 == n).unwrap().1;
            merge(&mut root, t);
        }
    }
    let mut go = |root: &Table| {
        lower(
            root,
            Span::default(),
            &mut Context {
                sources: &mut sources,
                library: r.library,
                diagnostics: &mut diagnostics,
                variants: names.clone(),
                name: r.name,
            },
        )
    };
    let base = go(&root);
    let mut variants = vec![];
    if base.is_some() {
        for (n, t) in &vars {
            let mut m = root.clone();
            merge(&mut m, t);
            if let Some(s) = go(&m) {
                variants.push((n.clone(), s));
            }
        }
    }
    let document = base.map(|scenario| {
        let mut reg = SlotRegion::default();
        for s in std::iter::once(&scenario).chain(variants.iter().map(|v| &v.1)) {
            let mut add = |l: &mut Vec<String>, p: String| {
                if !l.contains(&p) {
                    l.push(p)
                }
            };
            for v in &s.variables {
                add(&mut reg.starts, v.id.clone());
            }
            for t in &s.seats {
                add(
                    &mut reg.turns,
                    format!("issues.{}.moves.{}", s.issues[t.issue.index()].id, s.actors[t.actor.index()].id),
                );
            }
            for a in &s.actors {
                add(&mut reg.turns, format!("actors.{}", a.id));
            }
            for e in &s.effects {
                add(&mut reg.turns, e.path.clone());
            }
            for p in &s.parameters {
                add(&mut reg.parameters, p.id.clone());
            }
        }
        Document { scenario, variants, slots: Slots { regions: vec![reg] }, resolved: String::new() }
    });
    Reading { sources, diagnostics, document }
}
pub fn render(d: &[Diagnostic], s: &Sources, _: bool) -> String {
    d.iter()
        .map(|d| {
            let (l, c) = s.line_column(d.span.file, d.span.start);
            format!("{}:{l}:{c}: {:?}: {}\n", s.get(d.span.file).name, d.severity, d.message)
        })
        .collect()
}
