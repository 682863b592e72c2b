//! Lengths of time as TIMEX3 writes them.

use dateline_model::Grain;

use crate::expr::{Amount, Length, Unit};

/// The value of a length: `P3D`, `PT30M`, `PXY`.
pub(crate) fn length_value(length: &Length) -> String {
    let mut date = String::new();
    let mut time = String::new();
    let mut push = |amount: Amount, unit: Unit| {
        for (amount, unit) in parts(amount, unit) {
            // Decades are counted in years, halves of a year in months.
            let (amount, unit) = match unit {
                Unit::Grain(Grain::Decade) => (amount.map(|n| n * 10), Unit::Grain(Grain::Year)),
                Unit::Grain(Grain::Half) => (amount.map(|n| n * 6), Unit::Grain(Grain::Month)),
                other => (amount, other),
            };
            let (letter, clock) = letter(unit);
            let into = if clock { &mut time } else { &mut date };
            into.push_str(&amount_value(amount.map(|n| n * unit.size())));
            into.push_str(letter);
        }
    };
    for (amount, unit) in length.units() {
        push(amount, unit);
    }
    if time.is_empty() { format!("P{date}") } else { format!("P{date}T{time}") }
}

/// Halves and quarters of some units are told in the next smaller one.
fn parts(amount: Amount, unit: Unit) -> Vec<(Amount, Unit)> {
    let Some(n) = amount.filter(|n| n % 250 == 0 && n % 1000 != 0) else {
        return vec![(amount, unit)];
    };
    let (count, smaller) = match unit {
        Unit::Grain(Grain::Year) => (12, Grain::Month),
        Unit::Grain(Grain::Hour) => (60, Grain::Minute),
        Unit::Grain(Grain::Minute) => (60, Grain::Second),
        Unit::Grain(Grain::Day) => (24, Grain::Hour),
        Unit::Grain(Grain::Decade) => (10, Grain::Year),
        Unit::Grain(Grain::Century) => (100, Grain::Year),
        _ => return vec![(amount, unit)],
    };
    // Two and a half decades are 25 years.
    if smaller == Grain::Year && n * count % 1000 == 0 {
        return vec![(Some(n * count), Unit::Grain(smaller))];
    }
    let part = n % 1000;
    if part * count % 1000 != 0 {
        return vec![(amount, unit)];
    }
    let whole = (n > part).then_some((Some(n - part), unit));
    whole.into_iter().chain([(Some(part * count), Unit::Grain(smaller))]).collect()
}

fn amount_value(amount: Amount) -> String {
    match amount {
        None => "X".to_string(),
        Some(n) if n % 1000 == 0 => (n / 1000).to_string(),
        Some(n) => format!("{}.{:03}", n / 1000, n % 1000).trim_end_matches('0').to_string(),
    }
}

/// The letters of a unit, and whether it comes after the `T`.
fn letter(unit: Unit) -> (&'static str, bool) {
    match unit {
        Unit::Night => ("N", false),
        Unit::Fortnight => ("W", false),
        Unit::Workday => ("WD", false),
        Unit::Grain(grain) => match grain {
            Grain::Second => ("S", true),
            Grain::Minute => ("M", true),
            Grain::Hour => ("H", true),
            Grain::PartOfDay | Grain::Day => ("D", false),
            Grain::Weekend => ("WE", false),
            Grain::Week => ("W", false),
            Grain::Month => ("M", false),
            Grain::Quarter => ("Q", false),
            Grain::Season => ("SE", false),
            Grain::Half => ("H", false),
            Grain::Year => ("Y", false),
            Grain::Decade => ("DE", false),
            Grain::Century => ("CE", false),
            Grain::Millennium => ("ML", false),
        },
    }
}
