//! Paths by which one text names another: inside the naming text's folder, and nowhere else.

/// The path with `/` between its parts and without `.` among them.
///
/// # Errors
/// Says what is wrong with a path that is empty, absolute, or might leave the folder, as the end of a
/// sentence that starts with the path.
pub(crate) fn inside(path: &str) -> Result<String, &'static str> {
    if path.starts_with('/') || path.contains('\\') || path.contains(':') {
        return Err("is not a relative path with `/` between its parts");
    }
    if path.contains('\0') {
        return Err("contains a NUL character");
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if parts.contains(&"..") {
        return Err("leads outside the folder of the file that names it");
    }
    if parts.is_empty() || path.ends_with('/') {
        return Err("is not the path of a file");
    }
    Ok(parts.join("/"))
}

/// The name of the text that the text called `from` names by a path of [`inside`].
pub(crate) fn beside(from: &str, path: &str) -> String {
    let folder = from.rfind(['/', '\\']).map_or("", |at| &from[..=at]);
    format!("{folder}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for (path, expected) in [("a.csv", "a.csv"), ("./data//a.csv", "data/a.csv"), ("..a/b", "..a/b")] {
            assert_eq!(inside(path).as_deref(), Ok(expected));
        }
        for path in
            ["", ".", "/etc/passwd", "../a", "a/../../b", "a/..", "C:a", "a\\b", "\\\\host\\a", "a/", "a\0"]
        {
            assert!(inside(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn names_keep_the_folder() {
        assert_eq!(beside("s.toml", "a.csv"), "a.csv");
        assert_eq!(beside("../x/s.toml", "d/a.csv"), "../x/d/a.csv");
        assert_eq!(beside("<stdin>", "a.csv"), "a.csv");
    }
}
