//! How a change writes its tables down, from the third change on. What is here never changes its meaning: a change that has been
//! released makes for ever what it made then.

use sea_orm_migration::prelude::*;

/// A text column that is never null.
pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A text column that may be null.
pub(crate) fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// A whole number of 64 bits: a version, or a time in epoch milliseconds.
pub(crate) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A number or time that may be unset.
pub(crate) fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A list or an object.
pub(crate) fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// An object that may be absent.
pub(crate) fn json_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().null().take()
}

/// Yes or no.
pub(crate) fn yes_or_no(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// Octets: a hash.
pub(crate) fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

/// A table with its columns and its primary key.
pub(crate) fn table(name: &'static str, columns: Vec<ColumnDef>, primary_key: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    for column in columns {
        table.col(column);
    }
    let mut key = Index::create();
    for column in primary_key {
        key.col(*column);
    }
    table.primary_key(&mut key);
    table
}

/// A reference that goes with what it points at.
pub(crate) fn cascade(
    from: &'static str,
    columns: &[&'static str],
    to: &'static str,
    target: &[&'static str],
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("{from}_{to}_fk"));
    for column in columns {
        key.from(from, *column);
    }
    for column in target {
        key.to(to, *column);
    }
    key.on_delete(ForeignKeyAction::Cascade);
    key
}

/// An index that what is read often goes along.
pub(crate) fn index(name: &'static str, on: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(on).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index in which nothing is twice.
pub(crate) fn unique(name: &'static str, on: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, on, columns).unique().to_owned()
}
