//! XML indented for a reader. For showing only: white space is significant to a signature.

/// The message with one element a line. What is not well-formed comes back as it is.
pub fn pretty(xml: &str) -> String {
    if crate::document::parse(xml).is_err() {
        return xml.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    // Whether the last line is an opening tag whose element has had no child yet.
    let mut open = false;
    let mut rest = xml.trim();
    while !rest.is_empty() {
        let end = if rest.starts_with('<') { tag_end(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if !piece.starts_with('<') || piece.starts_with("<![CDATA[") {
            match lines.last_mut() {
                Some(line) if open && !piece.trim().is_empty() => line.push_str(piece.trim()),
                _ if piece.trim().is_empty() => {}
                _ => lines.push(indented(depth, piece.trim())),
            }
        } else if piece.starts_with("</") {
            depth = depth.saturating_sub(1);
            match lines.last_mut() {
                Some(line) if open => line.push_str(piece),
                _ => lines.push(indented(depth, piece)),
            }
            open = false;
        } else {
            lines.push(indented(depth, piece));
            let opens = !piece.ends_with("/>") && !piece.starts_with("<?") && !piece.starts_with("<!");
            depth += usize::from(opens);
            open = opens;
        }
    }
    lines.join("\n")
}

fn indented(depth: usize, text: &str) -> String {
    format!("{:width$}{text}", "", width = depth * 2)
}

/// Where the piece of markup at the start of `text` ends; a `>` in quotes does not end a tag.
fn tag_end(text: &str) -> usize {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(start) {
            return text.find(end).map_or(text.len(), |at| at + end.len());
        }
    }
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match quote {
            Some(open) if open == character => quote = None,
            None if character == '"' || character == '\'' => quote = Some(character),
            None if character == '>' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_below_one_another_and_texts_inside() {
        let shown = pretty("<?xml version=\"1.0\"?><a><b c=\"x>y\">text</b><!-- d --><e/></a>");
        assert_eq!(
            shown,
            "<?xml version=\"1.0\"?>\n<a>\n  <b c=\"x>y\">text</b>\n  <!-- d -->\n  <e/>\n</a>"
        );
    }

    #[test]
    fn what_is_no_xml_is_shown_as_it_is() {
        assert_eq!(pretty("<a"), "<a");
    }
}
