//! The messages as Fluent reads them.

use super::Message;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::BTreeSet;

/// All messages and attributes of a source that must have no mistake.
pub(super) fn messages(source: &str, name: &str) -> Vec<Message> {
    let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:#?}"));
    let mut messages = Vec::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            assert!(!matches!(entry, Entry::Junk { .. } | Entry::Term(_)), "{name} has only messages: {entry:#?}");
            continue;
        };
        let value = message.value.as_ref().map(|value| (message.id.name.to_owned(), value));
        let attributes = message.attributes.iter();
        let attributes = attributes.map(|known| (format!("{}.{}", message.id.name, known.id.name), &known.value));
        messages.extend(value.into_iter().chain(attributes).map(|(id, pattern)| {
            let mut variables = BTreeSet::new();
            let texts = texts(pattern, &mut variables);
            Message { id, texts, variables: variables.into_iter().collect() }
        }));
    }
    messages
}

/// Every text that a pattern can become, its variables still in braces.
fn texts(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) -> Vec<String> {
    let mut texts = vec![String::new()];
    for element in &pattern.elements {
        let more = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression: Expression::Inline(inline) } => vec![inlined(inline, variables)],
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                inlined(selector, variables);
                variants.iter().flat_map(|variant| self::texts(&variant.value, variables)).collect()
            }
        };
        texts = texts.iter().flat_map(|text| more.iter().map(move |next| format!("{text}{next}"))).collect();
    }
    texts
}

fn inlined(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) -> String {
    match inline {
        InlineExpression::StringLiteral { value } => (*value).to_owned(),
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
            format!("{{{}}}", id.name)
        }
        other => panic!("messages have only texts and variables: {other:?}"),
    }
}
