use super::*;
use crate::config::policies;
use proptest::prelude::*;

#[test]
fn a_file_is_read_with_its_limits_templates_and_questions() {
    let replies = read(
        "[limits]\ntweet = 280\n\
         [templates.late]\ntitle.en = \"Late\"\ntext.fr = \"Bonjour {{author}}\"\nlimit = 200\n\
         [tree]\nstart = \"w\"\n[tree.questions.w]\nask.en = \"What?\"\n\
         answers = [{ key = \"l\", say.en = \"late\", template = \"late\" }]\n",
        "maif",
    )
    .expect("no mistake");
    assert_eq!(replies.templates[0].client.as_deref(), Some("maif"));
    assert_eq!(replies.limit(Some("late"), Some("tweet")), Some(200));
    assert_eq!(replies.limit(None, Some("tweet")), Some(280));
    assert_eq!(replies.limit(None, Some("forum")), None);
    assert!(replies.tree.is_some());
}

#[test]
fn a_policy_that_the_client_does_not_have_is_named() {
    let text = "[templates.a]\ntitle.en = \"A\"\ntext.en = \"a\"\npolicy = \"hatte\"\n";
    let mistakes = check(text, Some(policies::built_in()));
    let named: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(named, ["4:10: there is no policy \"hatte\"; did you mean \"hate\"?"]);
    assert_eq!(check(text, None), []);
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_or_named(text in "[a-z{}\\[\\]=\"\n .]{0,80}") {
        let _ = check(&text, None);
        let _ = check(&format!("[templates.a]\ntitle.en = \"A\"\ntext.en = '''{text}'''\n"), None);
    }
}
