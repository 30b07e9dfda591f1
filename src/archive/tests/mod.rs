//! The archive as a whole.

mod damage;
mod failures;
mod made;
mod oracle;
