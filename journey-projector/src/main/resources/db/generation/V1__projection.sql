-- One generation of projections, whole, in a schema of its own. It is never migrated: a new shape is a new generation.

CREATE TABLE checkpoint (
  topic             text        NOT NULL,
  partition         int         NOT NULL,
  next              bigint      NOT NULL DEFAULT 0, -- first offset not projected yet
  epoch             bigint      NOT NULL DEFAULT 0, -- counts its owners; a stale one fails the fence
  log_end           bigint      NOT NULL DEFAULT 0, -- end of the log as its owner last saw it
  recorded_through  timestamptz NOT NULL DEFAULT 'epoch', -- running maximum of record timestamps
  projected_through timestamptz NOT NULL DEFAULT 'epoch', -- all that was recorded up to here is projected
  projected         bigint      NOT NULL DEFAULT 0,
  duplicates        bigint      NOT NULL DEFAULT 0,
  conflicts         bigint      NOT NULL DEFAULT 0,
  control           bigint      NOT NULL DEFAULT 0,
  unreadable        bigint      NOT NULL DEFAULT 0,
  skipped           bigint      NOT NULL DEFAULT 0, -- offsets without a record for readers: markers of transactions, aborted records
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- One row: the time as of which verdicts are reached, of all processes. It only ever grows, and goes on from where the world was last told something.
CREATE TABLE evaluation_time (
  only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  at       timestamptz NOT NULL
) WITH (fillfactor = 10);
INSERT INTO evaluation_time (at) SELECT coalesce(max(changed_at), 'epoch') FROM throughline.finding;

CREATE TABLE touchpoint (
  token         uuid        NOT NULL,
  event_key     uuid        NOT NULL,
  content_hash  uuid        NOT NULL,
  occurred_at   timestamptz NOT NULL,
  recorded_at   timestamptz NOT NULL,
  log_offset    bigint      NOT NULL,
  log_partition int         NOT NULL,
  utc_offset    int         NOT NULL, -- of the source's clock, in seconds
  namespace     text        NOT NULL,
  source        text        NOT NULL,
  id            text        NOT NULL,
  type          text        NOT NULL,
  channel       text,
  sequence      text,
  further       text,                 -- JSON of the rarer attributes, where there are any
  data          text,                 -- JSON as on the log; text, because nothing queries inside it
  PRIMARY KEY (event_key, token)      -- also finds an event of which only source and id are known
);
CREATE INDEX touchpoint_by_token ON touchpoint (token); -- nothing more: entries of one journey share their key, see docs/performance.md

-- Delivered under the key of a standing touchpoint, with other content: kept aside, visible in the receipt.
CREATE TABLE conflict (
  log_partition int         NOT NULL,
  log_offset    bigint      NOT NULL,
  token         uuid        NOT NULL,
  event_key     uuid        NOT NULL,
  content_hash  uuid        NOT NULL,
  recorded_at   timestamptz NOT NULL,
  event         text        NOT NULL, -- JSON: attributes and data
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX conflict_by_event ON conflict (event_key);

-- Records that are no event: kept whole, with the reason.
CREATE TABLE unreadable (
  log_partition int         NOT NULL,
  log_offset    bigint      NOT NULL,
  recorded_at   timestamptz NOT NULL,
  reason        text        NOT NULL,
  key           bytea,
  headers       bytea       NOT NULL,
  value         bytea,
  PRIMARY KEY (log_partition, log_offset)
);

-- Facts about things of the company's own (areas, sources): no person, no journey.
CREATE TABLE control_event (
  event_key     uuid        PRIMARY KEY,
  subject       text        NOT NULL,
  content_hash  uuid        NOT NULL,
  occurred_at   timestamptz NOT NULL,
  recorded_at   timestamptz NOT NULL,
  log_partition int         NOT NULL,
  log_offset    bigint      NOT NULL,
  source        text        NOT NULL,
  id            text        NOT NULL,
  type          text        NOT NULL,
  event         text        NOT NULL
);
CREATE INDEX control_event_by_subject ON control_event (subject, occurred_at);

-- Append-only: who has new events. Deleted by whoever evaluates; one that comes in between survives.
-- Evaluators sweep through it by token, so it needs no order of its own.
CREATE TABLE mark (
  token       uuid        NOT NULL,
  occurred_at timestamptz NOT NULL -- of the earliest new event: before it there is nothing to see
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX mark_by_token ON mark (token, occurred_at);

-- Marks of whole batches that were projected far behind the end of the log; laid out in `mark` before anybody looks for the last of them.
CREATE TABLE mark_bundle (
  persons     int           NOT NULL, -- how many
  tokens      uuid[]        NOT NULL,
  occurred_at timestamptz[] NOT NULL -- one for each token
);
ALTER TABLE mark_bundle ALTER COLUMN tokens SET STORAGE EXTERNAL, ALTER COLUMN occurred_at SET STORAGE EXTERNAL; -- nothing here can be compressed

CREATE TABLE person (
  id             uuid        PRIMARY KEY, -- the smallest token of the person
  due_at         timestamptz,             -- when a verdict can next change without a new event
  evaluated_at   timestamptz,             -- evaluation time of the verdicts below
  not_before     timestamptz,             -- one evaluated apart rests for a multiple of what its last evaluation took, or after a failure
  events         bigint      NOT NULL DEFAULT 0,
  first_at       timestamptz,             -- of the journey's events the earliest and the latest; null where there is none
  last_at        timestamptz,
  findings       int         NOT NULL DEFAULT 0, -- how many verdicts have one
  severity       text,                    -- the highest of these
  weight         bigint      NOT NULL DEFAULT 0, -- what an evaluation costs, in events: Share.weight
  failures       int         NOT NULL DEFAULT 0, -- of its evaluation, one after the other; it is set aside while there are any
  failure        text,                           -- why the last of them failed
  overruns       text,                           -- JSON: rules that were not evaluated to the end of the journey, and why
  apart          boolean     NOT NULL GENERATED ALWAYS AS (weight >= 5000 OR failures > 0) STORED, -- Share.HEAVY: evaluated by itself
  journey_digest bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex'), -- of its events, see PersonDigest
  verdict_digest bytea       NOT NULL DEFAULT decode(repeat('00', 32), 'hex')  -- of all its verdicts, also those that are not stored
) WITH (fillfactor = 80);
CREATE INDEX person_due ON person (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX person_span ON person (last_at, first_at); -- whose journey a span of time touches
CREATE INDEX person_apart ON person (id) WHERE apart; -- few, and found without looking at the marks of all
CREATE INDEX person_set_aside ON person (id) WHERE failures > 0;
CREATE INDEX person_overrun ON person (id) WHERE overruns IS NOT NULL;

-- What kinds of touchpoints there are: few, whatever the number of events, so that none of their words is in an index of events.
CREATE TABLE touchpoint_kind (
  id      uuid PRIMARY KEY, -- of the three below, see Kind
  type    text NOT NULL,
  channel text,
  source  text NOT NULL
);
CREATE INDEX touchpoint_kind_by_type    ON touchpoint_kind (type);
CREATE INDEX touchpoint_kind_by_channel ON touchpoint_kind (channel);
CREATE INDEX touchpoint_kind_by_source  ON touchpoint_kind (source);

-- Of which kinds a journey has touchpoints, written with its verdicts: journeys are found by these rows, without an index on events. Times are in
-- no index, so that a further touchpoint of a known kind changes one row in its place.
CREATE TABLE journey_part (
  person      uuid        NOT NULL,
  kind        uuid        NOT NULL,
  touchpoints bigint      NOT NULL,
  first_at    timestamptz NOT NULL,
  last_at     timestamptz NOT NULL,
  PRIMARY KEY (person, kind)
) WITH (fillfactor = 80);
CREATE INDEX journey_part_by_kind ON journey_part (kind, person);

-- Violated and undetermined activations; the others are recomputed when asked for.
CREATE TABLE verdict (
  person     uuid NOT NULL,
  finding    uuid NOT NULL,
  content    uuid NOT NULL,
  PRIMARY KEY (person, finding)
);

-- Findings that people dismissed, as the log of definitions has it: they stay so for as long as the verdict says what it said then.
CREATE TABLE dismissal (
  finding      uuid        NOT NULL,
  person       uuid        NOT NULL,
  version      bigint      NOT NULL,
  content      uuid        NOT NULL, -- what the verdict said
  reason       text        NOT NULL,
  dismissed_by text        NOT NULL,
  dismissed_at timestamptz NOT NULL,
  told         boolean     NOT NULL DEFAULT false, -- whether an evaluation has taken it up
  PRIMARY KEY (finding, person)
);
CREATE INDEX dismissal_untold ON dismissal (person) WHERE NOT told;

-- Which rules the verdicts above were reached by. Another rulebook marks everyone.
CREATE TABLE rulebook (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  fingerprint text    NOT NULL
);

-- The source registry, as the log of definitions has it. A removed source keeps its row, because its versions run on.
CREATE TABLE source (
  name       text    PRIMARY KEY,
  version    bigint  NOT NULL,
  registered boolean NOT NULL,
  types      text[]  NOT NULL,
  heartbeat  bigint,           -- microseconds; null: it promises none
  delay      bigint  NOT NULL, -- microseconds
  promised_at timestamptz NOT NULL -- since when heartbeat and delay are what they are
);

CREATE TABLE definition_position (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  next     bigint  NOT NULL,
  rules    bigint  NOT NULL -- the place after the last record that changed the rules: which state of them is in force
);
INSERT INTO definition_position (next, rules) VALUES (0, 0);

-- Rules that were defined, in all their versions, as the log of definitions has them. What is installed is not here.
CREATE TABLE rule_version (
  id         text        NOT NULL,
  version    bigint      NOT NULL,
  record     text        NOT NULL, -- the record that brought it
  value      text,                 -- JSON of the rule and its calendars; null: removed
  defined_by text        NOT NULL,
  defined_at timestamptz NOT NULL,
  PRIMARY KEY (id, version)
);

-- How far each source was heard: the largest min(occurred, recorded) of its events, registered or not, for it may be registered later;
-- by the second in which they were recorded, because what was recorded after the evaluation time does not count yet.
CREATE TABLE source_heard (
  source      text        NOT NULL,
  partition   int         NOT NULL,
  recorded_by timestamptz NOT NULL, -- the end of that second
  heard       timestamptz NOT NULL,
  PRIMARY KEY (source, partition, recorded_by)
) WITH (fillfactor = 50);

-- Who has a verdict that waits for a source to be heard.
CREATE TABLE awaiting (
  person  uuid        NOT NULL,
  source  text        NOT NULL,
  through timestamptz NOT NULL,
  PRIMARY KEY (person, source)
);
CREATE INDEX awaiting_by_source ON awaiting (source, through);
