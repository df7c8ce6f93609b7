//! Lists: what the query asks, and the page that answers. A cursor names the order it was made in; it fits no other.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_api::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use cardea_api::schema;
use cardea_protocol::{Status, Timestamp};
use cardea_store::{Cursor, CursorValue, ListQuery, Sort};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::http::problem::Refusal;
use crate::http::query::Parameters;

/// The parameters of every list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; they are read strictly, one by one")]
pub struct ListParameters {
    /// Items on a page: 1 to 200, 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Only what has this text in its id or name.
    q: Option<String>,
    /// `created_at` (when absent) or the name (`name`; for clients `client_name`, and there is `last_authenticated_at`); with `-` before
    /// it the other way round.
    sort: Option<String>,
}

impl ListParameters {
    /// Their names.
    pub const NAMES: &[&str] = &["limit", "cursor", "q", "sort"];
}

/// The filter of lists of what can be switched off.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameter; it is read strictly")]
pub struct StatusFilter {
    /// Only those with this status.
    #[param(value_type = Option<schema::Status>)]
    status: Option<String>,
}

impl StatusFilter {
    /// Its name.
    pub const NAMES: &[&str] = &["status"];
}

/// The parameters of a list that has one order and is not searched.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only describes the parameters; they are read strictly, one by one")]
pub struct PageParameters {
    /// Items on a page: 1 to 200, 50 when absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
}

impl PageParameters {
    /// Their names.
    pub const NAMES: &[&str] = &["limit", "cursor"];
}

/// The longest text that is searched for, in characters. SQLite has a limit for patterns, which is no answer to give.
const MAX_SEARCH: usize = 200;

#[derive(Serialize, Deserialize)]
struct Opaque {
    /// The order, as it was asked for.
    s: String,
    c: Cursor,
}

/// The list that `parameters` ask for, sorted by one of `sorts`: the first, when they name none.
///
/// # Errors
/// When a parameter is none of what it may be.
pub fn query(parameters: &Parameters, sorts: &[(&str, Sort)]) -> Result<ListQuery, Refusal> {
    let names = sorts.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" or ");
    let sort = parameters.parsed("sort", &format!("{names}, maybe with - before it"), |text| {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        sorts.iter().find(|(known, _)| *known == name).map(|(_, sort)| (*sort, descending))
    })?;
    let (sort, descending) = sort.unwrap_or_else(|| (sorts.first().map(|(_, sort)| *sort).unwrap_or_default(), false));
    let after = after(parameters, sort, descending)?;
    let q = parameters.parsed("q", &format!("at most {MAX_SEARCH} characters"), |text| {
        (text.chars().count() <= MAX_SEARCH).then(|| text.to_owned())
    })?;
    let status = parameters.parsed("status", "active or inactive", Status::parse)?;
    Ok(ListQuery { limit: limit(parameters)?, after, sort, descending, q, status })
}

/// The list that `parameters` ask for, the newest first.
///
/// # Errors
/// When a parameter is none of what it may be.
pub fn newest_first(parameters: &Parameters) -> Result<ListQuery, Refusal> {
    let (sort, descending) = (Sort::CreatedAt, true);
    let after = after(parameters, sort, descending)?;
    Ok(ListQuery { limit: limit(parameters)?, after, sort, descending, q: None, status: None })
}

fn after(parameters: &Parameters, sort: Sort, descending: bool) -> Result<Option<Cursor>, Refusal> {
    parameters.parsed("cursor", "a next_cursor of this list in this order", |text| {
        let opaque: Opaque = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        (opaque.s == order(sort, descending) && !opaque.c.id.contains('\0') && fits(&opaque.c, sort))
            .then_some(opaque.c)
    })
}

/// The parameter `limit`.
///
/// # Errors
/// When it is none.
pub fn limit(parameters: &Parameters) -> Result<u64, Refusal> {
    let expected = format!("1 to {MAX_LIMIT}");
    let within = |limit: &u32| (1..=MAX_LIMIT).contains(limit);
    let limit = parameters.parsed("limit", &expected, |text| text.parse().ok().filter(within))?;
    Ok(limit.unwrap_or(DEFAULT_LIMIT).into())
}

/// A page as it is answered.
pub fn page<T, V>(page: cardea_store::Page<T>, query: &ListQuery, view: impl FnMut(T) -> V) -> Page<V> {
    let next_cursor = page.next.and_then(|cursor| {
        let opaque = Opaque { s: order(query.sort, query.descending), c: cursor };
        Some(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&opaque).ok()?))
    });
    Page { items: page.items.into_iter().map(view).collect(), next_cursor }
}

/// Where an item stands in a list.
pub(super) struct Place<'i> {
    pub(super) created_at: Timestamp,
    pub(super) name: &'i str,
    pub(super) id: &'i str,
}

/// A page of items that are all at hand, as the store would answer it; `q` looks in name and id.
pub(super) fn in_memory<T>(
    mut items: Vec<T>,
    query: &ListQuery,
    place: impl Fn(&T) -> Place<'_>,
) -> cardea_store::Page<T> {
    let compare = |one: &Place<'_>, other: &Place<'_>| {
        let order = match query.sort {
            Sort::CreatedAt | Sort::LastUsed => one.created_at.cmp(&other.created_at),
            Sort::Name => one.name.cmp(other.name),
        };
        let order = order.then_with(|| one.id.cmp(other.id));
        if query.descending { order.reverse() } else { order }
    };
    if let Some(q) = &query.q {
        items.retain(|item| contains(q, &[place(item).id, place(item).name]));
    }
    if let Some(Cursor { value, id }) = &query.after {
        let (created_at, name) = match value {
            CursorValue::Int(millis) => (Timestamp::from_millis(*millis), ""),
            CursorValue::Text(name) => (Timestamp::from_millis(0), name.as_str()),
        };
        items.retain(|item| compare(&place(item), &Place { created_at, name, id }).is_gt());
    }
    items.sort_by(|one, other| compare(&place(one), &place(other)));
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let is_last = items.len() <= limit;
    items.truncate(limit);
    let next = items.last().filter(|_| !is_last).map(|last| {
        let Place { created_at, name, id } = place(last);
        let value = match query.sort {
            Sort::CreatedAt | Sort::LastUsed => CursorValue::Int(created_at.as_millis()),
            Sort::Name => CursorValue::Text(name.to_owned()),
        };
        Cursor { value, id: id.to_owned() }
    });
    cardea_store::Page { items, next }
}

/// The cursor of a list that is sorted by ids alone.
pub fn id_cursor(parameters: &Parameters) -> Result<Option<String>, Refusal> {
    parameters.parsed("cursor", "a next_cursor of this list", |text| {
        let id = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        (!id.contains('\0')).then_some(id)
    })
}

/// A cursor after the item `id` of a list that is sorted by ids alone.
pub fn after_id(id: &str) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn order(sort: Sort, descending: bool) -> String {
    let sort = match sort {
        Sort::CreatedAt => "t",
        Sort::Name => "n",
        Sort::LastUsed => "u",
    };
    format!("{}{sort}", if descending { "-" } else { "" })
}

fn fits(cursor: &Cursor, sort: Sort) -> bool {
    match (&cursor.value, sort) {
        (CursorValue::Int(_), Sort::CreatedAt | Sort::LastUsed) => true,
        (CursorValue::Text(name), Sort::Name) => !name.contains('\0'),
        _ => false,
    }
}

/// Whether one of `texts` has `q` in it, in any case: as the store searches.
pub(super) fn contains(q: &str, texts: &[&str]) -> bool {
    let q = q.to_lowercase();
    texts.iter().any(|text| text.to_lowercase().contains(&q))
}
