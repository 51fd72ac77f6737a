use std::time::Instant;

use proptest::prelude::*;

use super::*;
use crate::bucket::{FolderPage, Object};
use crate::tui::screens::browser::page::Page;

fn object(key: &str, size: u64, modified: i64) -> Object {
    let class = ["STANDARD", "GLACIER", "STANDARD_IA"][usize::try_from(size % 3).unwrap()];
    let class = Some(class.to_owned());
    Object { key: key.to_owned(), size, modified: Some(modified), class, ..Object::default() }
}

fn page(objects: Vec<Object>) -> Page {
    Page::of("", &FolderPage { objects, ..FolderPage::default() })
}

fn settled(order: &mut Order, rows: &Rows, budget: usize) {
    while order.is_busy(rows) {
        assert!(order.step(rows, budget, false));
    }
}

fn shown(order: &Order, rows: &Rows) -> Vec<String> {
    let lines = 0..order.len(rows);
    lines.map(|line| rows.get(order.at(rows, line).unwrap()).unwrap().name.to_owned()).collect()
}

/// A million synthetic rows.
fn million() -> Rows {
    let mut rows = Rows::default();
    for number in 0..1000 {
        let key = |at: u64| format!("part-{number:04}-{at:04}.parquet");
        rows.push(page((0..1000).map(|at| object(&key(at), at * 7919 % 1000, 0)).collect()));
    }
    rows
}

#[test]
fn a_million_rows_are_filtered_in_steps_that_look_at_no_more_than_their_budget() {
    let (rows, mut order) = (million(), Order::default());
    order.filter("-0042.PARQUET");
    let (mut steps, mut slowest) = (0, std::time::Duration::ZERO);
    while order.is_busy(&rows) {
        let (before, began) = (order.seen(&rows), Instant::now());
        order.step(&rows, BUDGET, false);
        slowest = slowest.max(began.elapsed());
        assert!(order.seen(&rows) - before <= BUDGET);
        steps += 1;
    }
    println!("{steps} steps, the slowest {slowest:?}");
    assert_eq!((steps, order.len(&rows)), (20, 1000));
    assert!(shown(&order, &rows).iter().all(|name| name.ends_with("-0042.parquet")));
}

#[test]
fn a_million_rows_are_sorted_in_bounded_steps() {
    let (rows, mut order) = (million(), Order::default());
    order.sort(By::Size, false);
    let (mut steps, mut slowest) = (0, std::time::Duration::ZERO);
    while order.is_busy(&rows) {
        let began = Instant::now();
        order.step(&rows, BUDGET, false);
        slowest = slowest.max(began.elapsed());
        steps += 1;
    }
    println!("{steps} steps, the slowest {slowest:?}");
    let sizes: Vec<u64> =
        (0..1_000_000).map(|line| rows.get(order.at(&rows, line).unwrap()).unwrap().size).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b));
}

#[test]
fn a_filter_is_typed_letter_by_letter_and_ends_as_if_typed_at_once() {
    let mut rows = Rows::default();
    rows.push(page(["Artist", "release", "Recording"].map(|name| object(name, 1, 1)).into()));
    let mut order = Order::default();
    for text in ["r", "re", "rel"] {
        order.filter(text);
        order.step(&rows, 1, false);
    }
    settled(&mut order, &rows, 1);
    assert_eq!(shown(&order, &rows), ["release"]);
    order.filter("");
    assert_eq!(order.len(&rows), 3);
}

#[test]
fn letters_of_every_script_are_found_in_either_case() {
    let mut rows = Rows::default();
    rows.push(page(["BJÖRK", "椎名林檎", "plain"].map(|name| object(name, 1, 1)).into()));
    for (text, name) in [("jö", "BJÖRK"), ("名林", "椎名林檎"), ("AIN", "plain")] {
        let mut order = Order::default();
        order.filter(text);
        settled(&mut order, &rows, 10);
        assert_eq!(shown(&order, &rows), [name]);
    }
}

/// What was done to the list.
#[derive(Debug, Clone)]
enum Deed {
    Page(Vec<(String, u64, i64)>),
    Filter(String),
    Sort(usize, bool),
    Step(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let row = ("[aAbBc/]{0,4}", 0_u64..9, -2_i64..9);
    let deed = prop_oneof![
        prop::collection::vec(row, 0..20).prop_map(Deed::Page),
        "[abC]{0,2}".prop_map(Deed::Filter),
        (0_usize..4, any::<bool>()).prop_map(|(by, reversed)| Deed::Sort(by, reversed)),
        (1_usize..30).prop_map(Deed::Step),
    ];
    prop::collection::vec(deed, 0..20)
}

/// The same, without any cleverness.
fn naive(all: &[Object], text: &str, by: By, reversed: bool) -> Vec<String> {
    let mut left: Vec<&Object> =
        all.iter().filter(|one| one.key.to_lowercase().contains(&text.to_lowercase())).collect();
    let mut rows = Rows::default();
    rows.push(page(all.to_vec()));
    let rank =
        |one: &Object| all.iter().position(|other| other == one).and_then(|at| rows.get(at)).unwrap().rank;
    match (by, reversed) {
        (By::Name, false) => {}
        (By::Name, true) => left.reverse(),
        (By::Size, false) => left.sort_by_key(|one| std::cmp::Reverse(one.size)),
        (By::Size, true) => left.sort_by_key(|one| one.size),
        (By::Date, false) => left.sort_by_key(|one| std::cmp::Reverse(one.modified.unwrap().max(0))),
        (By::Date, true) => left.sort_by_key(|one| one.modified.unwrap().max(0)),
        (By::Class, false) => left.sort_by_key(|one| rank(one)),
        (By::Class, true) => left.sort_by_key(|one| std::cmp::Reverse(rank(one))),
    }
    left.into_iter().map(|one| one.key.clone()).collect()
}

proptest! {
    #[test]
    fn the_list_ends_as_a_naive_one_would(deeds in deeds()) {
        let (mut rows, mut order, mut all) = (Rows::default(), Order::default(), Vec::new());
        let mut text = String::new();
        for deed in deeds {
            match deed {
                Deed::Page(new) => {
                    let new: Vec<Object> =
                        new.into_iter().map(|(key, size, date)| object(&key, size, date)).collect();
                    all.extend(new.clone());
                    rows.push(page(new));
                }
                Deed::Filter(new) => {
                    order.filter(&new);
                    text = new;
                }
                Deed::Sort(by, reversed) => {
                    order.sort([By::Name, By::Size, By::Date, By::Class][by], reversed);
                }
                Deed::Step(budget) => drop(order.step(&rows, budget, true)),
            }
        }
        settled(&mut order, &rows, 7);
        let (by, reversed) = order.sorting();
        prop_assert_eq!(shown(&order, &rows), naive(&all, &text, by, reversed));
    }
}
