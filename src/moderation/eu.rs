//! The European Union's words for why content was restricted: the categories and keywords of a statement of reasons
//! (DSA articles 17 and 24(5)), as the Transparency Database has taken them since 1 July 2025.

/// The categories with the keywords that are advised for each. The database takes any keyword with any category.
pub const CATEGORIES: [(&str, &[&str]); 16] = [
    ("STATEMENT_CATEGORY_ANIMAL_WELFARE", &["KEYWORD_ANIMAL_HARM", "KEYWORD_UNLAWFUL_SALE_ANIMALS"]),
    (
        "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
        &[
            "KEYWORD_HIDDEN_ADVERTISEMENT",
            "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
            "KEYWORD_MISLEADING_INFO_GOODS_SERVICES",
            "KEYWORD_MISLEADING_INFO_CONSUMER_RIGHTS",
            "KEYWORD_NONCOMPLIANCE_PRICING",
        ],
    ),
    (
        "STATEMENT_CATEGORY_CYBER_VIOLENCE",
        &[
            "KEYWORD_CYBER_BULLYING_INTIMIDATION",
            "KEYWORD_CYBER_HARASSMENT",
            "KEYWORD_CYBER_INCITEMENT",
            "KEYWORD_CYBER_STALKING",
            "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING",
            "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE",
        ],
    ),
    (
        "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        &[
            "KEYWORD_BULLYING_AGAINST_GIRLS",
            "KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN",
            "KEYWORD_CYBER_STALKING_AGAINST_WOMEN",
            "KEYWORD_FEMALE_GENDERED_DISINFORMATION",
            "KEYWORD_INCITEMENT_AGAINST_WOMEN",
            "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN",
            "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
        ],
    ),
    (
        "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        &[
            "KEYWORD_BIOMETRIC_DATA_BREACH",
            "KEYWORD_DATA_FALSIFICATION",
            "KEYWORD_MISSING_PROCESSING_GROUND",
            "KEYWORD_RIGHT_TO_BE_FORGOTTEN",
        ],
    ),
    (
        "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        &["KEYWORD_DEFAMATION", "KEYWORD_DISCRIMINATION", "KEYWORD_HATE_SPEECH"],
    ),
    (
        "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        &[
            "KEYWORD_COPYRIGHT_INFRINGEMENT",
            "KEYWORD_DESIGN_INFRINGEMENT",
            "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
            "KEYWORD_PATENT_INFRINGEMENT",
            "KEYWORD_TRADE_SECRET_INFRINGEMENT",
            "KEYWORD_TRADEMARK_INFRINGEMENT",
        ],
    ),
    (
        "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        &["KEYWORD_MISINFORMATION_DISINFORMATION", "KEYWORD_VIOLATION_EU_LAW", "KEYWORD_VIOLATION_NATIONAL_LAW"],
    ),
    ("STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", &[]),
    (
        "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        &[
            "KEYWORD_ADULT_SEXUAL_MATERIAL",
            "KEYWORD_AGE_SPECIFIC_RESTRICTIONS",
            "KEYWORD_GEOGRAPHICAL_REQUIREMENTS",
            "KEYWORD_GOODS_SERVICES_NOT_PERMITTED",
            "KEYWORD_LANGUAGE_REQUIREMENTS",
            "KEYWORD_NUDITY",
        ],
    ),
    (
        "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
        &[
            "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
            "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS",
            "KEYWORD_UNSAFE_CHALLENGES",
        ],
    ),
    (
        "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
        &[
            "KEYWORD_ILLEGAL_ORGANIZATIONS",
            "KEYWORD_RISK_ENVIRONMENTAL_DAMAGE",
            "KEYWORD_RISK_PUBLIC_HEALTH",
            "KEYWORD_TERRORIST_CONTENT",
        ],
    ),
    (
        "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        &[
            "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING",
            "KEYWORD_INAUTHENTIC_ACCOUNTS",
            "KEYWORD_INAUTHENTIC_LISTINGS",
            "KEYWORD_INAUTHENTIC_USER_REVIEWS",
            "KEYWORD_PHISHING",
            "KEYWORD_PYRAMID_SCHEMES",
        ],
    ),
    (
        "STATEMENT_CATEGORY_SELF_HARM",
        &["KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS", "KEYWORD_SELF_MUTILATION", "KEYWORD_SUICIDE"],
    ),
    ("STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", &["KEYWORD_PROHIBITED_PRODUCTS", "KEYWORD_UNSAFE_PRODUCTS"]),
    (
        "STATEMENT_CATEGORY_VIOLENCE",
        &[
            "KEYWORD_COORDINATED_HARM",
            "KEYWORD_INCITEMENT_VIOLENCE_HATRED",
            "KEYWORD_HUMAN_EXPLOITATION",
            "KEYWORD_HUMAN_TRAFFICKING",
            "KEYWORD_TRAFFICKING_WOMEN_GIRLS",
        ],
    ),
];

/// Go with any category. A statement with `KEYWORD_OTHER` says the keyword in words.
pub const ANYWHERE: [&str; 2] = ["KEYWORD_OTHER", "KEYWORD_STALKING"];

/// Taken no more since 1 July 2025, with the nearest of today.
pub const RETIRED: [(&str, &str); 14] = [
    ("STATEMENT_CATEGORY_UNSAFE_AND_ILLEGAL_PRODUCTS", "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"),
    ("STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"),
    ("STATEMENT_CATEGORY_NON_CONSENSUAL_BEHAVIOUR", "STATEMENT_CATEGORY_CYBER_VIOLENCE"),
    ("STATEMENT_CATEGORY_PORNOGRAPHY_OR_SEXUALIZED_CONTENT", "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"),
    ("KEYWORD_ONLINE_BULLYING_INTIMIDATION", "KEYWORD_CYBER_BULLYING_INTIMIDATION"),
    ("KEYWORD_INSUFFICIENT_INFORMATION_TRADERS", "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS"),
    ("KEYWORD_DISINFORMATION", "KEYWORD_MISINFORMATION_DISINFORMATION"),
    ("KEYWORD_MISINFORMATION", "KEYWORD_MISINFORMATION_DISINFORMATION"),
    ("KEYWORD_FOREIGN_INFORMATION_MANIPULATION", "KEYWORD_MISINFORMATION_DISINFORMATION"),
    ("KEYWORD_NON_CONSENSUAL_ITEMS_DEEPFAKE", "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"),
    ("KEYWORD_REGULATED_GOODS_SERVICES", "KEYWORD_GOODS_SERVICES_NOT_PERMITTED"),
    ("KEYWORD_DANGEROUS_TOYS", "KEYWORD_UNSAFE_PRODUCTS"),
    ("KEYWORD_GENDER_BASED_VIOLENCE", "KEYWORD_INCITEMENT_AGAINST_WOMEN"),
    ("KEYWORD_IMAGE_BASED_SEXUAL_ABUSE", "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"),
];

/// Whether the database takes this category.
pub fn is_category(name: &str) -> bool {
    CATEGORIES.iter().any(|(category, _)| *category == name)
}

/// Whether the database takes this keyword.
pub fn is_keyword(name: &str) -> bool {
    keywords().any(|keyword| keyword == name)
}

/// All keywords that the database takes.
pub fn keywords() -> impl Iterator<Item = &'static str> {
    CATEGORIES.iter().flat_map(|(_, keywords)| keywords.iter().copied()).chain(ANYWHERE)
}

/// What to write today for a name that is taken no more.
pub fn replacement(name: &str) -> Option<&'static str> {
    RETIRED.iter().find(|(retired, _)| *retired == name).map(|(_, today)| *today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_lists_are_whole() {
        assert_eq!(CATEGORIES.len(), 16);
        let all: BTreeSet<_> = keywords().collect();
        assert_eq!(all.len(), 69);
        assert_eq!(all.len(), keywords().count(), "a keyword stands in one category");
        for (retired, today) in RETIRED {
            assert!(!is_category(retired) && !is_keyword(retired), "{retired}");
            assert!(is_category(today) || is_keyword(today), "{today}");
        }
    }
}
