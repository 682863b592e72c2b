-- The timeline as tables. Dates are days (YYYY-MM-DD) that SQLite takes for days; what has a
-- clock time has it beside, as it was told.
PRAGMA foreign_keys = ON;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  title TEXT,
  publisher TEXT,
  authors TEXT NOT NULL CHECK (json_valid(authors)),
  url TEXT,
  archive_url TEXT,
  published TEXT CHECK (published IS date(published)),
  retrieved TEXT CHECK (retrieved IS date(retrieved)),
  licence TEXT,
  language TEXT,
  reference TEXT CHECK (reference IS date(reference)),
  reference_basis TEXT NOT NULL,
  copy_of TEXT REFERENCES sources (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  id TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('happened', 'scheduled', 'deadline', 'background')),
  edtf TEXT NOT NULL,
  earliest TEXT CHECK (earliest IS date(earliest)),
  latest TEXT CHECK (latest IS date(latest)),
  earliest_time TEXT CHECK (earliest_time IS NULL OR datetime(earliest_time) IS NOT NULL),
  latest_time TEXT CHECK (latest_time IS NULL OR datetime(latest_time) IS NOT NULL),
  placed TEXT CHECK (placed IS date(placed)),
  shape TEXT NOT NULL CHECK (shape IN ('within', 'throughout')),
  dating TEXT NOT NULL CHECK (dating IN ('stated', 'implied', 'inferred', 'reported', 'editor')),
  approximate INTEGER NOT NULL CHECK (approximate IN (0, 1)),
  on_topic INTEGER NOT NULL CHECK (on_topic IN (0, 1)),
  importance INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  publishers INTEGER NOT NULL,
  independent INTEGER NOT NULL,
  CHECK (earliest <= latest)
) STRICT, WITHOUT ROWID;
CREATE TABLE formerly (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL REFERENCES events (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE citations (
  id INTEGER PRIMARY KEY,
  event TEXT NOT NULL REFERENCES events (id),
  source TEXT NOT NULL REFERENCES sources (id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  line INTEGER NOT NULL,
  "column" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  modality TEXT NOT NULL,
  speaker TEXT,
  CHECK ("start" <= "end")
) STRICT;
CREATE TABLE dates (
  citation INTEGER NOT NULL REFERENCES citations (id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('DATE', 'TIME', 'DURATION', 'SET')),
  value TEXT NOT NULL
) STRICT;
CREATE TABLE who (
  event TEXT NOT NULL REFERENCES events (id),
  name TEXT NOT NULL,
  as_written TEXT NOT NULL,
  basis TEXT NOT NULL
) STRICT;
CREATE TABLE places (
  event TEXT NOT NULL REFERENCES events (id),
  name TEXT NOT NULL,
  as_written TEXT NOT NULL,
  basis TEXT NOT NULL,
  country TEXT,
  lat REAL CHECK (lat BETWEEN -90 AND 90),
  lon REAL CHECK (lon BETWEEN -180 AND 180)
) STRICT;
CREATE TABLE alternatives (
  event TEXT NOT NULL REFERENCES events (id),
  edtf TEXT NOT NULL,
  earliest TEXT CHECK (earliest IS date(earliest)),
  latest TEXT CHECK (latest IS date(latest))
) STRICT;
CREATE TABLE conflicts (
  event TEXT NOT NULL REFERENCES events (id),
  about TEXT NOT NULL,
  value INTEGER NOT NULL,
  edtf TEXT NOT NULL,
  earliest TEXT CHECK (earliest IS date(earliest)),
  latest TEXT CHECK (latest IS date(latest)),
  source TEXT NOT NULL REFERENCES sources (id),
  speaker TEXT
) STRICT;
CREATE TABLE history (
  event TEXT NOT NULL REFERENCES events (id),
  reported TEXT CHECK (reported IS date(reported)),
  source TEXT NOT NULL REFERENCES sources (id),
  modality TEXT NOT NULL,
  edtf TEXT NOT NULL
) STRICT;
CREATE TABLE set_aside (
  source TEXT NOT NULL REFERENCES sources (id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  line INTEGER NOT NULL,
  quote TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TABLE failures (label TEXT NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX citations_of_event ON citations (event);
CREATE INDEX events_by_day ON events (placed);
