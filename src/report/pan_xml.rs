//! The detections of the PAN text alignment tasks, so that their evaluators can score a comparison.
//!
//! ```xml
//! <document reference="suspicious.txt">
//!   <feature name="detected-plagiarism" this_offset="36" this_length="80"
//!            source_reference="source.txt" source_offset="0" source_length="80"/>
//! </document>
//! ```
//!
//! A is the suspicious document and B the source; offsets and lengths are Unicode code points.

use crate::comparison::{Comparison, Side};
use crate::span::Span;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use std::io::{self, Write};

/// Writes one document with a feature per passage. Cost: linear in the passages.
pub(super) fn write(comparison: &Comparison<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let reference = reference(&comparison.a);
    let document = xml.create_element("document").with_attribute(("reference", reference.as_str()));
    if comparison.passages.is_empty() {
        document.write_empty()?;
    } else {
        document.write_inner_content(|xml| features(comparison, xml))?;
    }
    out.write_all(b"\n")
}

fn features<W: Write>(comparison: &Comparison<'_>, xml: &mut Writer<W>) -> io::Result<()> {
    let source = reference(&comparison.b);
    for passage in &comparison.passages {
        let (this_offset, this_length) = place(&comparison.a, passage.a);
        let (source_offset, source_length) = place(&comparison.b, passage.b);
        xml.create_element("feature")
            .with_attribute(("name", "detected-plagiarism"))
            .with_attribute(("this_offset", this_offset.as_str()))
            .with_attribute(("this_length", this_length.as_str()))
            .with_attribute(("source_reference", source.as_str()))
            .with_attribute(("source_offset", source_offset.as_str()))
            .with_attribute(("source_length", source_length.as_str()))
            .write_empty()?;
    }
    Ok(())
}

/// Offset and length in code points.
fn place(side: &Side<'_>, span: Span) -> (String, String) {
    let start = side.chars_before(span.start);
    (start.to_string(), (side.chars_before(span.end) - start).to_string())
}

/// The id of a document, with U+FFFD for the characters that an XML attribute cannot carry.
fn reference(side: &Side<'_>) -> String {
    let forbidden = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    side.document.id.replace(forbidden, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::document::Document;

    fn written(comparison: &Comparison<'_>) -> String {
        fixture::written(|out| write(comparison, out))
    }

    #[test]
    fn the_whole_report() {
        insta::assert_snapshot!(written(&fixture::statements()));
    }

    #[test]
    fn ids_cannot_break_out_of_their_attribute() {
        let mut comparison = fixture::comparison(&[], &[], &[]);
        let document = Document::new("a\"<&>'\u{0}\n\u{ffff}.txt", "");
        comparison.a.document = &document;
        let expected = "<document reference=\"a&quot;&lt;&amp;&gt;&apos;\u{fffd}\u{fffd}\u{fffd}.txt\"/>";
        assert_eq!(written(&comparison).lines().nth(1), Some(expected));
    }
}
