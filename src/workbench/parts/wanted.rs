//! Which articles are wanted, in the list and in everything that is made of the session, and in which order.

use crate::decide::articles::{ArticleOrder, Filter};

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    typed: String,
    filter: Filter,
    faults: Vec<String>,
    pub order: ArticleOrder,
    /// Whether the order is turned round.
    pub is_reversed: bool,
}

impl Wanted {
    /// What was typed, as it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What of it is understood.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// What of it is not, in words.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// Asks for what is typed.
    pub fn ask(&mut self, typed: &str) {
        if self.typed != typed {
            let (filter, faults) = Filter::parse(typed);
            typed.clone_into(&mut self.typed);
            self.filter = filter;
            self.faults = faults.iter().map(ToString::to_string).collect();
        }
    }

    /// Sorts otherwise; by the same once more the other way round.
    pub fn sort(&mut self, order: ArticleOrder) {
        self.is_reversed = self.order == order && !self.is_reversed;
        self.order = order;
    }
}
