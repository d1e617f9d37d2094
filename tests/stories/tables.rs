//! Tables as others read them: the reference in the docs is what the registry says.

use crate::language::holds;

#[test]
fn the_reference_of_tables_is_what_the_registry_says() {
    holds("docs/tables.md", &demarche::tables::reference());
}
