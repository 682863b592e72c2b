//! Unit tests of the model: checked constructors and order.

use crate::{Interval, Moment};

fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

fn interval(earliest: &str, latest: &str) -> Interval {
    Interval::new(earliest.parse().ok(), latest.parse().ok()).expect("in order")
}

#[test]
fn moments_print_as_they_were_read() {
    for text in [
        "2025-06-03",
        "2025-06-03T14:05",
        "2025-06-03T14:05:09",
        "2025-06-03T14:05Z",
        "2025-06-03T14:05-04:30",
    ] {
        assert_eq!(moment(text).to_string(), text);
    }
    for text in [
        "2025-6-3",
        "2025-02-30",
        "2025-06-03T25:00",
        "2025-06-03T1:00",
        "June 3",
        "",
        "2025-06-03T14:05+99:00",
        "2025-06-03x",
    ] {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
}

#[test]
fn bounds_out_of_order_are_refused() {
    assert_eq!(Interval::new(Some(moment("2025-06-03")), Some(moment("2025-06-02"))), None);
}

#[test]
fn intervals_narrow_hull_and_hold() {
    let (june, summit) =
        (interval("2025-06-01", "2025-06-30"), interval("2025-06-24", "2025-06-26"));
    assert_eq!(june.narrow(summit), Some(summit));
    assert_eq!(june.hull(summit), june);
    assert!(june.contains(summit) && !summit.contains(june));
    assert_eq!(summit.narrow(interval("2025-07-01", "2025-07-02")), None);
    assert_eq!(summit.hull(Interval::UNKNOWN), Interval::UNKNOWN);
    assert!(Interval::UNKNOWN.contains(june));
}

#[test]
fn moments_order_by_civil_time() {
    let mut times =
        ["2025-06-03", "2025-06-02T10:00Z", "2025-06-02", "2025-06-02T10:00"].map(moment);
    times.sort();
    let sorted = times.map(|time| time.to_string());
    assert_eq!(sorted, ["2025-06-02", "2025-06-02T10:00", "2025-06-02T10:00Z", "2025-06-03"]);
}
