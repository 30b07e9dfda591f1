//! Credit: does a text say where a passage of it is from?
//!
//! A passage that an article shares with a source is `credited`, `quoted-altered` or `uncredited`, with the evidence: what was
//! found, and its place. The classes say what was found, and not what anyone did: a passage is uncredited where no credit was
//! found near it.
//!
//! ```
//! use likewise::credit::{Article, CreditClass, Source};
//! use likewise::{Document, Options, compare};
//!
//! let shared = "the harbour plan would be withdrawn before the end of the year, and the tunnel with it";
//! let article = Document::new("article", format!("According to Reuters, {shared}."));
//! let mut source = Document::new("wire", format!("The council heard on Monday that {shared}."));
//! source.metadata.insert("source".into(), "Reuters".into());
//!
//! let found = compare(&article, &source, &Options::default());
//! let credit = Article::new(&article).judge(&found.passages[0], &Source::new(&source));
//! assert_eq!(credit.class, CreditClass::Credited);
//! assert_eq!(credit.evidence[0].article.of(&article.text), "Reuters");
//! ```
//!
//! # Rules
//!
//! *Near* a passage are its sentences, the sentence before and after, and what stands before it in its paragraph (up to 256
//! words). Of a passage of more than 200 words, the sentences inside are near only if they are among its first or last two.
//!
//! | evidence | when | credit |
//! |---|---|---|
//! | quotation | the passage holds words of a quotation of four words and more (seven characters), which is no title of a work | if it has an attribution, or the source is named, and three fifths of the words shared stand in such quotations |
//! | attribution | a word of attribution ("said") outside of quotation marks, in the sentence of a quotation or beside it, or a colon before it | with the quotation |
//! | attribution | a phrase near that names nobody: "reports say" | no |
//! | source named, agency named, author named | a name of the source near; "this newspaper", where article and source are from one outlet | yes |
//! | title named | its title, of four words and more, near and not among the words shared | yes |
//! | link | an address of its site near | yes |
//! | credit line | at the head or foot of the article, wherever the passage stands: a dateline, a byline, a signature, a phrase ("with material from", 출처:, 来源：) with a name or address of its outlet or agency | yes |
//!
//! Names are those of the source's record under all their aliases (`outlets.txt`), and the agencies that its own text credits. A
//! name must stand at word borders, and not inside a longer name; papers that are called by ordinary words must be
//! capitalised; a name that credits a picture credits nothing else.
//!
//! A credited passage is `quoted-altered` where words between the marks are not the source's. Other case, spelling,
//! contractions, one value in another form, words in brackets, and omissions marked by an ellipsis are the same words.
//!
//! The words are data: `src/credit/README.md` tells how to extend them. Names in other languages are found like those in
//! English; attributions and phrases are known in English, Korean and Chinese.

mod altered;
mod article;
mod cue;
mod evidence;
mod finding;
mod line;
mod link;
mod listed;
mod names;
mod naming;
mod near;
mod picture;
mod quoted;
mod source;
mod words;

pub use article::Article;
pub use evidence::{Credit, CreditClass, Evidence, EvidenceKind};
pub use source::Source;
