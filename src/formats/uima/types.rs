//! The types that are written: DKPro's, which INCEpTION has built in, and one of ours.

pub const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
pub const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
pub const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
pub const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
pub const PACKED: &str = "manicule.Article";

/// A type: its name, what it is a kind of, and its features with their ranges.
pub struct Type {
    pub name: &'static str,
    pub kind_of: &'static str,
    pub features: &'static [(&'static str, &'static str)],
}

const STRING: &str = "uima.cas.String";

pub const TYPES: [Type; 5] = [
    Type {
        name: METADATA,
        kind_of: "uima.tcas.DocumentAnnotation",
        features: &[
            ("documentTitle", STRING),
            ("documentId", STRING),
            ("documentUri", STRING),
            ("collectionId", STRING),
            ("documentBaseUri", STRING),
            ("isLastSegment", "uima.cas.Boolean"),
        ],
    },
    Type { name: SENTENCE, kind_of: "uima.tcas.Annotation", features: &[("id", STRING)] },
    Type { name: TOKEN, kind_of: "uima.tcas.Annotation", features: &[("id", STRING)] },
    Type { name: ENTITY, kind_of: "uima.tcas.Annotation", features: &[("value", STRING), ("identifier", STRING)] },
    Type { name: PACKED, kind_of: "uima.tcas.Annotation", features: &[("line", STRING)] },
];

/// `TypeSystem.xml`.
pub fn system() -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n".to_owned();
    for Type { name, kind_of, features } in TYPES {
        out.push_str(&format!(
            "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      <supertypeName>{kind_of}</supertypeName>\n      <features>\n"
        ));
        for (feature, range) in features {
            out.push_str(&format!(
                "        <featureDescription>\n          <name>{feature}</name>\n          <description/>\n          \
                 <rangeTypeName>{range}</rangeTypeName>\n        </featureDescription>\n"
            ));
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}

/// The type's name without its package, and the namespace that stands for the package in XMI.
pub fn namespace(name: &str) -> (String, &str) {
    let (package, short) = name.rsplit_once('.').unwrap_or(("", name));
    (format!("http:///{}.ecore", package.replace('.', "/")), short)
}
